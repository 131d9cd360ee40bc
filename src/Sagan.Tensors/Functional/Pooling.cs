namespace Sagan.Tensors.Functional;

/// <summary>Halving and doubling of maps [N, C, H, W].</summary>
public static class Pooling
{
    /// <summary>Mean of every 2x2 square: [N, C, H, W] → [N, C, H/2, W/2].</summary>
    public static Tensor AveragePool2x2(Tensor x) => s_averagePool.Call(x, Convolution.Pair(2), Convolution.Pair(2)).Tensor;

    /// <summary>Largest of every 2x2 square: [N, C, H, W] → [N, C, H/2, W/2].</summary>
    public static Tensor MaxPool2x2(Tensor x) => s_maxPool.Call(x, Convolution.Pair(2), Convolution.Pair(2)).Tensor;

    /// <summary>Largest of every 3x3 square: [N, C, H, W] → [N, C, (H - 3 + 2·padding) / stride + 1, …], rounded down. Padding never wins.</summary>
    public static Tensor MaxPool3x3(Tensor x, int stride, int padding = 0) =>
        s_maxPoolPadded.Call(x, Convolution.Pair(3), Convolution.Pair(stride), Convolution.Pair(padding)).Tensor;

    /// <summary>Mean of the 3x3 square around every element, of what lies inside the map: the padding does not count. Keeps the shape.</summary>
    public static Tensor AveragePool3x3Inside(Tensor x) =>
        s_averagePoolInside.Call(x, Convolution.Pair(3), Convolution.Pair(1), Convolution.Pair(1), false, false).Tensor;

    /// <summary>Every element four times: [N, C, H, W] → [N, C, 2H, 2W].</summary>
    public static Tensor UpsampleNearest2x(Tensor x) => s_nearest.Call(x, Doubled(x)).Tensor;

    /// <summary>Linear between centres, corners not aligned: [N, C, H, W] → [N, C, 2H, 2W].</summary>
    public static Tensor UpsampleBilinear2x(Tensor x) => s_bilinear.Call(x, Doubled(x), false).Tensor;

    /// <summary>A 3x3 kernel averaged over the four places of a 2x2 box: [O, I, 3, 3] → [O, I, 4, 4].</summary>
    public static Tensor BoxSmear(Tensor kernel) =>
        s_averagePoolPadded.Call(kernel, Convolution.Pair(2), Convolution.Pair(1), Convolution.Pair(1)).Tensor;

    private static long[] Doubled(Tensor x) => [x.Size(2) * 2, x.Size(3) * 2];

    private static readonly Operator s_averagePool = Operator.Find("aten::avg_pool2d", 3);
    private static readonly Operator s_averagePoolPadded = Operator.Find("aten::avg_pool2d", 4);
    private static readonly Operator s_maxPool = Operator.Find("aten::max_pool2d", 3);
    private static readonly Operator s_averagePoolInside = Operator.Find("aten::avg_pool2d", 6);
    private static readonly Operator s_maxPoolPadded = Operator.Find("aten::max_pool2d", 4);
    private static readonly Operator s_nearest = Operator.Find("aten::upsample_nearest2d", 2);
    private static readonly Operator s_bilinear = Operator.Find("aten::upsample_bilinear2d", 3);
}
