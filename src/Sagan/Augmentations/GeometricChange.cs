using System.Numerics;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Augmentations;

/// <summary>The pixel moves and geometric changes of ADA: one affine map a picture, resampled without aliasing.</summary>
/// <remarks>
/// The picture is mirrored beyond its edges, doubled with an orthogonal low-pass filter, read bilinearly where the map says,
/// and halved with the same filter, all as in the authors' code. Shifts by whole pixels are exact; the filter is not quite
/// symmetric, so that mirrorings and turns blend in a tenth of the neighbours. Maps lead from output to input, in pixels from
/// the picture's middle; a change that is drawn later acts first.
/// </remarks>
internal static class GeometricChange
{
    private const double LargestWholeShift = 0.125;       // of the side
    private const double ScaleDeviation = 0.2;            // of the base-2 logarithm
    private const double StretchDeviation = 0.2;          // of the base-2 logarithm
    private const double FractionalShiftDeviation = 0.125; // of the side
    private const int FilterReach = 3;                    // pixels at the picture's resolution

    private static readonly double[] s_filter =
    [
        0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466, 0.787641141030194,
        0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578, 0.0017677118642428036, -0.007800708325034148,
    ];

    /// <summary>The scaling filter of the wavelet sym6 (Daubechies 1992, Ten Lectures on Wavelets), whose sum is the root of 2.</summary>
    internal static ReadOnlySpan<double> Filter => s_filter;

    /// <summary>Changes pictures [N, C, R, R], each part of the change with a probability.</summary>
    internal static Tensor Apply(Tensor pictures, Draws draws, double probability)
    {
        var maps = new Matrix3x2[pictures.Size(0)];
        for (int n = 0; n < maps.Length; n++)
            maps[n] = Draw(draws, probability, (int)pictures.Size(2));
        return maps.All(map => map.IsIdentity) ? pictures : Resample(pictures, maps);
    }

    /// <summary>Reads square pictures where affine maps say.</summary>
    /// <param name="pictures">[N, C, R, R].</param>
    /// <param name="maps">N maps from output to input, in pixels from the middle.</param>
    internal static Tensor Resample(Tensor pictures, Matrix3x2[] maps)
    {
        long count = pictures.Size(0), channels = pictures.Size(1), side = pictures.Size(2);
        (int left, int top, int right, int bottom) = Margins(maps, (int)side);
        Tensor padded = pictures
            .IndexSelect(2, Mirrored(side, top, bottom, pictures.Device))
            .IndexSelect(3, Mirrored(side, left, right, pictures.Device));
        Tensor kernel = Kernel(pictures);

        // Channels as pictures of their own: the filter is the same for all.
        Tensor doubled = Convolution
            .ConvTranspose2d(padded.Reshape(count * channels, 1, padded.Size(2), padded.Size(3)), kernel * 4, null, stride: 2, padding: 5)
            .Reshape(count, channels, padded.Size(2) * 2, padded.Size(3) * 2);
        long outputSide = (side + (2 * FilterReach)) * 2;
        float middleX = (left - right) / 2f, middleY = (top - bottom) / 2f;
        Matrix3x2[] doubledMaps = [.. maps.Select(map => OnDoubled(map * Matrix3x2.CreateTranslation(middleX, middleY), doubled, outputSide))];
        Tensor grid = Sampling.AffineGrid(Rows(doubledMaps, pictures), outputSide, outputSide);
        Tensor read = Sampling.Bilinear(doubled, grid);

        Tensor cut = read.Narrow(2, 1, outputSide - 2).Narrow(3, 1, outputSide - 2).Reshape(count * channels, 1, outputSide - 2, outputSide - 2);
        return Convolution.Conv2d(cut, kernel, null, stride: 2).Reshape(count, channels, side, side);
    }

    private static Matrix3x2 Draw(Draws draws, double probability, int side)
    {
        // The draws are the same whatever p is, so that p alone decides what happens.
        bool Happens(double chance) => draws.NextUniform() < chance;
        Matrix3x2 map = Matrix3x2.Identity;

        int mirrored = draws.NextWhole(0, 1);
        if (Happens(probability) && mirrored == 1)
            map = Matrix3x2.CreateScale(-1, 1) * map;
        int quarters = draws.NextWhole(0, 3);
        if (Happens(probability))
            map = Matrix3x2.CreateRotation(MathF.PI / 2 * quarters) * map;
        double right = draws.NextUniform(-LargestWholeShift, LargestWholeShift), down = draws.NextUniform(-LargestWholeShift, LargestWholeShift);
        if (Happens(probability))
            map = Matrix3x2.CreateTranslation(-(float)Math.Round(right * side), -(float)Math.Round(down * side)) * map;

        double scale = double.Exp2(draws.NextNormal() * ScaleDeviation);
        if (Happens(probability))
            map = Matrix3x2.CreateScale((float)(1 / scale)) * map;

        // Before and after the stretch, so that one of both happens with p.
        double turnChance = 1 - Math.Sqrt(1 - probability);
        double turn = draws.NextUniform(-Math.PI, Math.PI);
        if (Happens(turnChance))
            map = Matrix3x2.CreateRotation((float)turn) * map;
        double stretch = double.Exp2(draws.NextNormal() * StretchDeviation);
        if (Happens(probability))
            map = Matrix3x2.CreateScale((float)(1 / stretch), (float)stretch) * map;
        double secondTurn = draws.NextUniform(-Math.PI, Math.PI);
        if (Happens(turnChance))
            map = Matrix3x2.CreateRotation((float)secondTurn) * map;

        double x = draws.NextNormal() * FractionalShiftDeviation * side, y = draws.NextNormal() * FractionalShiftDeviation * side;
        return Happens(probability) ? Matrix3x2.CreateTranslation((float)-x, (float)-y) * map : map;
    }

    /// <summary>How many pixels beyond each edge any of the maps may read, the filter's reach included.</summary>
    private static (int Left, int Top, int Right, int Bottom) Margins(Matrix3x2[] maps, int side)
    {
        float half = (side - 1) / 2f;
        Vector2 least = Vector2.Zero, most = Vector2.Zero;
        foreach (Matrix3x2 map in maps)
        {
            foreach (Vector2 corner in (ReadOnlySpan<Vector2>)[new(-half, -half), new(half, -half), new(half, half), new(-half, half)])
            {
                Vector2 read = Vector2.Transform(corner, map);
                least = Vector2.Min(least, read);
                most = Vector2.Max(most, read);
            }
        }

        int Margin(float reach) => (int)Math.Ceiling(Math.Clamp(reach + (FilterReach * 2) - half, 0, side - 1));
        return (Margin(-least.X), Margin(-least.Y), Margin(most.X), Margin(most.Y));
    }

    /// <summary>Places of a padded axis: the axis reflected at its first and last pixel, which are not repeated.</summary>
    private static Tensor Mirrored(long side, int before, int after, Device device)
    {
        long[] places = new long[before + side + after];
        for (int i = 0; i < places.Length; i++)
        {
            long place = Math.Abs(i - before);
            places[i] = place < side ? place : (2 * (side - 1)) - place;
        }

        return Tensor.From<long>(places, [places.Length], device);
    }

    private static Tensor Kernel(Tensor like)
    {
        double sum = s_filter.Sum();
        double[] kernel = [.. s_filter.SelectMany(row => s_filter.Select(column => row * column / (sum * sum)))];
        return Tensor.From<double>(kernel, [1, 1, s_filter.Length, s_filter.Length], like.Device).To(like.DType);
    }

    // To the doubled picture, whose pixels' middles lie half a pixel off; then to -1 … 1 from edge to edge.
    private static Matrix3x2 OnDoubled(Matrix3x2 map, Tensor doubled, long outputSide) =>
        Matrix3x2.CreateScale(outputSide / 2f)
        * Matrix3x2.CreateTranslation(0.5f, 0.5f)
        * Matrix3x2.CreateScale(0.5f) * map * Matrix3x2.CreateScale(2)
        * Matrix3x2.CreateTranslation(-0.5f, -0.5f)
        * Matrix3x2.CreateScale(2f / doubled.Size(3), 2f / doubled.Size(2));

    private static Tensor Rows(Matrix3x2[] maps, Tensor like)
    {
        float[] values = [.. maps.SelectMany(map => (float[])[map.M11, map.M21, map.M31, map.M12, map.M22, map.M32])];
        return Tensor.From<float>(values, [maps.Length, 2, 3], like.Device).To(like.DType);
    }
}
