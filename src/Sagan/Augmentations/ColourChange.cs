using System.Numerics;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Augmentations;

/// <summary>The colour changes of ADA: one affine map of (red, green, blue) a picture.</summary>
/// <remarks>Of a picture with one channel, brightness, contrast and inversion alone change, as in the authors' code.</remarks>
internal static class ColourChange
{
    private const double BrightnessDeviation = 0.2;
    private const double ContrastDeviation = 0.5;         // of the base-2 logarithm
    private const double SaturationDeviation = 1;         // of the base-2 logarithm

    private static readonly Vector3 s_grey = Vector3.One / MathF.Sqrt(3);

    /// <summary>Changes pictures [N, 3 or 1, R, R], each part of the change with a probability.</summary>
    internal static Tensor Apply(Tensor pictures, Draws draws, double probability)
    {
        var maps = new Matrix4x4[pictures.Size(0)];
        for (int n = 0; n < maps.Length; n++)
            maps[n] = Draw(draws, probability, inColour: pictures.Size(1) == 3);
        return maps.All(map => map.IsIdentity) ? pictures : Change(pictures, maps);
    }

    /// <summary>Applies maps, each to the colours of its picture.</summary>
    internal static Tensor Change(Tensor pictures, Matrix4x4[] maps)
    {
        long count = pictures.Size(0), channels = pictures.Size(1);
        Tensor rows = Rows(maps, pictures);                                              // [N, 3, 4]
        Tensor matrix = rows.Narrow(2, 0, 3), offset = rows.Narrow(2, 3, 1);
        Tensor flat = pictures.Flatten(2);                                               // [N, C, R²]
        if (channels == 1)
            return (flat * (matrix.Sum(1, 2).Reshape(count, 1, 1) / 3) + offset.Mean(1).Reshape(count, 1, 1)).Reshape(pictures.Shape);
        return (matrix.MatMul(flat) + offset).Reshape(pictures.Shape);
    }

    private static Matrix4x4 Draw(Draws draws, double probability, bool inColour)
    {
        bool Happens() => draws.NextUniform() < probability;
        Matrix4x4 map = Matrix4x4.Identity;

        double brightness = draws.NextNormal() * BrightnessDeviation;
        if (Happens())
            map *= Matrix4x4.CreateTranslation(new Vector3((float)brightness));
        double contrast = double.Exp2(draws.NextNormal() * ContrastDeviation);
        if (Happens())
            map *= Matrix4x4.CreateScale((float)contrast);
        int inverted = draws.NextWhole(0, 1);
        if (Happens() && inverted == 1)
            map *= Matrix4x4.CreateReflection(new Plane(s_grey, 0));
        if (!inColour)
            return map;

        double hue = draws.NextUniform(-Math.PI, Math.PI);
        if (Happens())
            map *= Matrix4x4.CreateFromAxisAngle(s_grey, (float)hue);
        double saturation = double.Exp2(draws.NextNormal() * SaturationDeviation);
        return Happens() ? map * Saturate((float)saturation) : map;
    }

    // What is grey stays; what departs from it is scaled.
    private static Matrix4x4 Saturate(float factor)
    {
        float other = (1 - factor) / 3, own = other + factor;
        return new Matrix4x4(
            own, other, other, 0,
            other, own, other, 0,
            other, other, own, 0,
            0, 0, 0, 1);
    }

    // System.Numerics multiplies rows by matrices; a column of its matrix is a row of ours.
    private static Tensor Rows(Matrix4x4[] maps, Tensor like)
    {
        float[] values =
        [
            .. maps.SelectMany(map => (float[])
            [
                map.M11, map.M21, map.M31, map.M41,
                map.M12, map.M22, map.M32, map.M42,
                map.M13, map.M23, map.M33, map.M43,
            ]),
        ];
        return Tensor.From<float>(values, [maps.Length, 3, 4], like.Device).To(like.DType);
    }
}
