namespace Sagan.Tensors.Functional;

/// <summary>Maps [N, C, H, W] of floating numbers at another size.</summary>
public static class Resizing
{
    /// <summary>Linear between the centres of pixels; shrinking skips pixels, it does not average.</summary>
    public static Tensor Bilinear(Tensor x, int height, int width) => s_bilinear.Call(x, Size(height, width), false).Tensor;

    /// <summary>Linear between pixels such that the four corners stay where they are.</summary>
    public static Tensor BilinearByCorners(Tensor x, int height, int width) => s_bilinear.Call(x, Size(height, width), true).Tensor;

    private static long[] Size(int height, int width) => [height, width];

    private static readonly Operator s_bilinear = Operator.Find("aten::upsample_bilinear2d", 3);
}
