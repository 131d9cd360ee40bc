using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sagan.Imaging;

/// <summary>Crops and resizes pictures.</summary>
public static class Resampling
{
    // A vector holds a pixel of up to four channels, and as many samples of a row.
    private const int Lanes = 4;

    /// <summary>Resizes without aliasing: first along rows, then along columns, rounded once at the end.</summary>
    /// <param name="source">Any number of channels; transparency is treated like a colour.</param>
    /// <param name="width">Target width in pixels.</param>
    /// <param name="height">Target height in pixels.</param>
    /// <param name="filter">How source pixels are weighed.</param>
    public static Raster Resize(Raster source, int width, int height, ResizeFilter filter = ResizeFilter.Triangle)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Resize(source, new Window(0, 0, source.Width, source.Height), width, height, filter);
    }

    /// <summary>What <see cref="CropSquare"/> leaves, resized, without a copy in between.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="side">Target width and height in pixels.</param>
    /// <param name="filter">How source pixels are weighed.</param>
    public static Raster ResizeSquare(Raster source, int side, ResizeFilter filter = ResizeFilter.Triangle)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ResizeSquare((LentRaster)source, side, filter);
    }

    /// <summary>The same for a picture that is lent.</summary>
    internal static Raster ResizeSquare(LentRaster source, int side, ResizeFilter filter = ResizeFilter.Triangle) =>
        Resize(source, Middle(source), side, side, filter);

    /// <summary>Makes every pixel a square of pixels, so that people can see small pictures as they are.</summary>
    /// <param name="source">Any number of channels.</param>
    /// <param name="factor">Pixels in a row of the square; 1 returns the picture itself.</param>
    public static Raster Enlarge(Raster source, int factor)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1)
            return source;

        var large = new Raster(source.Width * factor, source.Height * factor, source.Channels);
        for (int y = 0; y < large.Height; y++)
        {
            ReadOnlySpan<byte> from = source.Row(y / factor);
            Span<byte> to = large.Row(y);
            for (int x = 0; x < large.Width; x++)
                from.Slice(x / factor * source.Channels, source.Channels).CopyTo(to[(x * source.Channels)..]);
        }

        return large;
    }

    /// <summary>Cuts the long side, equally at both ends, so that the picture becomes square.</summary>
    public static Raster CropSquare(Raster source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Cut(source, Middle(source));
    }

    private static Window Middle(LentRaster source)
    {
        int side = source.ShortSide;
        return new Window((source.Width - side) / 2, (source.Height - side) / 2, side, side);
    }

    private static Raster Cut(LentRaster source, Window window)
    {
        Raster part = Raster.Unwritten(window.Width, window.Height, source.Channels);
        for (int y = 0; y < window.Height; y++)
            window.Row(source, y).CopyTo(part.Row(y));
        return part;
    }

    private static Raster Resize(LentRaster source, Window window, int width, int height, ResizeFilter filter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (window.Width == width && window.Height == height)
            return Cut(source, window);

        ResamplingWeights across = ResamplingWeights.Create(window.Width, width, filter);
        ResamplingWeights down = (window.Width, width) == (window.Height, height) ? across : ResamplingWeights.Create(window.Height, height, filter);

        // Vectors are read and written whole: behind the last sample of a row there is room for one.
        int stride = (width * source.Channels) + Lanes;
        float[] narrowed = ArrayPool<float>.Shared.Rent(window.Height * stride);
        try
        {
            ResizeRows(source, window, across, width, narrowed, stride);
            return ResizeColumns(narrowed, stride, down, Raster.Unwritten(width, height, source.Channels));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(narrowed);
        }
    }

    // → [window height, stride], of which [width, channels] count. Channels beyond a pixel's are of its neighbours, which
    // overwrite them. Two rows at once share the weights, and neither waits for the other's sum.
    private static void ResizeRows(LentRaster source, Window window, ResamplingWeights weights, int width, float[] result, int stride)
    {
        int channels = source.Channels;
        int length = (window.Width * channels) + Lanes;
        float[] samples = ArrayPool<float>.Shared.Rent(2 * length);
        ref float upper = ref MemoryMarshal.GetArrayDataReference(samples);
        ref float lower = ref Unsafe.Add(ref upper, length);
        ref float target = ref MemoryMarshal.GetArrayDataReference(result);

        for (int y = 0; y < window.Height; y += 2)
        {
            // The last of an odd number goes with itself.
            int next = Math.Min(y + 1, window.Height - 1);
            Widen(window.Row(source, y), ref upper);
            Widen(window.Row(source, next), ref lower);
            nuint toUpper = (nuint)(y * stride);
            nuint toLower = (nuint)(next * stride);

            for (int x = 0; x < width; x++, toUpper += (nuint)channels, toLower += (nuint)channels)
            {
                nuint from = (nuint)(weights.First(x) * channels);
                Vector128<float> upperSum = Vector128<float>.Zero;
                Vector128<float> lowerSum = Vector128<float>.Zero;
                foreach (float weight in weights.Weights(x))
                {
                    upperSum += weight * Vector128.LoadUnsafe(ref upper, from);
                    lowerSum += weight * Vector128.LoadUnsafe(ref lower, from);
                    from += (nuint)channels;
                }

                upperSum.StoreUnsafe(ref target, toUpper);
                lowerSum.StoreUnsafe(ref target, toLower);
            }
        }

        ArrayPool<float>.Shared.Return(samples);
    }

    private static Raster ResizeColumns(float[] rows, int stride, ResamplingWeights weights, Raster result)
    {
        int length = result.Width * result.Channels;
        float[] sums = ArrayPool<float>.Shared.Rent(length + Lanes);
        ref float source = ref MemoryMarshal.GetArrayDataReference(rows);
        ref float target = ref MemoryMarshal.GetArrayDataReference(sums);

        for (int y = 0; y < result.Height; y++)
        {
            ReadOnlySpan<float> taps = weights.Weights(y);
            nuint first = (nuint)(weights.First(y) * stride);
            for (int x = 0; x < length; x += Lanes)
            {
                nuint from = first + (nuint)x;
                Vector128<float> sum = Vector128<float>.Zero;
                foreach (float weight in taps)
                {
                    sum += weight * Vector128.LoadUnsafe(ref source, from);
                    from += (nuint)stride;
                }

                sum.StoreUnsafe(ref target, (nuint)x);
            }

            Round(ref target, result.Row(y));
        }

        ArrayPool<float>.Shared.Return(sums);
        return result;
    }

    // By reference, here and below: methods that take vectors from spans are not compiled ahead, and slow until they are hot.
    private static void Widen(ReadOnlySpan<byte> row, ref float samples)
    {
        ref byte bytes = ref MemoryMarshal.GetReference(row);
        nuint i = 0;
        for (; i + (nuint)Vector128<byte>.Count <= (nuint)row.Length; i += (nuint)Vector128<byte>.Count)
        {
            Vector128<byte> levels = Vector128.LoadUnsafe(ref bytes, i);
            Widen(Vector128.WidenLower(levels), ref samples, i);
            Widen(Vector128.WidenUpper(levels), ref samples, i + (nuint)Vector128<ushort>.Count);
        }

        for (; i < (nuint)row.Length; i++)
            Unsafe.Add(ref samples, i) = row[(int)i];
    }

    private static void Widen(Vector128<ushort> levels, ref float samples, nuint at)
    {
        Vector128.ConvertToSingle(Vector128.WidenLower(levels).AsInt32()).StoreUnsafe(ref samples, at);
        Vector128.ConvertToSingle(Vector128.WidenUpper(levels).AsInt32()).StoreUnsafe(ref samples, at + Lanes);
    }

    private static void Round(ref float sums, Span<byte> row)
    {
        ref byte bytes = ref MemoryMarshal.GetReference(row);
        nuint i = 0;
        for (; i + (nuint)Vector128<byte>.Count <= (nuint)row.Length; i += (nuint)Vector128<byte>.Count)
        {
            Vector128<ushort> low = Vector128.Narrow(Rounded(ref sums, i), Rounded(ref sums, i + Lanes));
            Vector128<ushort> high = Vector128.Narrow(Rounded(ref sums, i + (2 * Lanes)), Rounded(ref sums, i + (3 * Lanes)));
            Vector128.Narrow(low, high).StoreUnsafe(ref bytes, i);
        }

        for (; i < (nuint)row.Length; i++)
            row[(int)i] = (byte)Math.Clamp(Unsafe.Add(ref sums, i) + 0.5f, 0, 255);
    }

    private static Vector128<uint> Rounded(ref float sums, nuint at)
    {
        Vector128<float> levels = Vector128.LoadUnsafe(ref sums, at) + Vector128.Create(0.5f);
        return Vector128.ConvertToInt32(Vector128.Min(Vector128.Max(levels, Vector128<float>.Zero), Vector128.Create(255f))).AsUInt32();
    }

    /// <summary>The part of a picture that is looked at.</summary>
    private readonly record struct Window(int Left, int Top, int Width, int Height)
    {
        internal ReadOnlySpan<byte> Row(LentRaster source, int y) =>
            source.Row(Top + y).Slice(Left * source.Channels, Width * source.Channels);
    }
}
