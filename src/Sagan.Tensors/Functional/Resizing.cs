namespace Sagan.Tensors.Functional;

/// <summary>Maps [N, C, H, W] of floating numbers at another size.</summary>
public static class Resizing
{
    /// <summary>Linear between the centres of pixels; shrinking skips pixels, it does not average.</summary>
    public static Tensor Bilinear(Tensor x, int height, int width) => s_bilinear.Call(x, Size(height, width), false).Tensor;

    /// <summary>Linear between pixels such that the four corners stay where they are.</summary>
    public static Tensor BilinearByCorners(Tensor x, int height, int width) => s_bilinear.Call(x, Size(height, width), true).Tensor;

    /// <summary>Linear, with a triangle that widens when shrinking: what Pillow calls BILINEAR, unrounded.</summary>
    public static Tensor BilinearSmooth(Tensor x, int height, int width) => s_bilinearSmooth.Call(x, Size(height, width), false).Tensor;

    /// <summary>Cubic (a = -0.5), with a kernel that widens when shrinking: what Pillow calls BICUBIC, unrounded. May overshoot.</summary>
    public static Tensor BicubicSmooth(Tensor x, int height, int width) => s_bicubicSmooth.Call(x, Size(height, width), false).Tensor;

    private static long[] Size(int height, int width) => [height, width];

    private static readonly Operator s_bilinear = Operator.Find("aten::upsample_bilinear2d", 3);
    private static readonly Operator s_bilinearSmooth = Operator.Find("aten::_upsample_bilinear2d_aa", 3);
    private static readonly Operator s_bicubicSmooth = Operator.Find("aten::_upsample_bicubic2d_aa", 3);
}
