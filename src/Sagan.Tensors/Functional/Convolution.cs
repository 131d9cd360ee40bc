namespace Sagan.Tensors.Functional;

/// <summary>Convolutions over [N, C, H, W].</summary>
public static class Convolution
{
    /// <summary>Correlation with a kernel [outputs, inputs, k, k]; zeros pad.</summary>
    public static Tensor Conv2d(Tensor x, Tensor kernel, Tensor? bias, int stride = 1, int padding = 0) =>
        s_conv2d.Call(x, kernel, bias, Pair(stride), Pair(padding)).Tensor;

    /// <summary>Correlation with a kernel [outputs, inputs, height, width] of any two sides; zeros pad, by rows and by columns.</summary>
    public static Tensor Conv2d(Tensor x, Tensor kernel, Tensor? bias, int stride, (int Rows, int Columns) padding) =>
        s_conv2d.Call(x, kernel, bias, Pair(stride), new long[] { padding.Rows, padding.Columns }).Tensor;

    /// <summary>Transposed correlation with a kernel [inputs, outputs, k, k].</summary>
    /// <param name="x">[N, inputs, H, W].</param>
    /// <param name="kernel">[inputs, outputs, k, k].</param>
    /// <param name="bias">[outputs] or none.</param>
    /// <param name="stride">Distance between the places of two neighbouring inputs in the output.</param>
    /// <param name="padding">Cut off at each side of the output.</param>
    /// <param name="outputPadding">Left standing of it at the lower and right side.</param>
    public static Tensor ConvTranspose2d(
        Tensor x, Tensor kernel, Tensor? bias, int stride = 1, int padding = 0, int outputPadding = 0) =>
        s_convTranspose2d.Call(x, kernel, bias, Pair(stride), Pair(padding), Pair(outputPadding)).Tensor;

    internal static long[] Pair(int value) => [value, value];

    private static readonly Operator s_conv2d = Operator.Find("aten::conv2d", 5);
    private static readonly Operator s_convTranspose2d = Operator.Find("aten::conv_transpose2d.input", 6);
}
