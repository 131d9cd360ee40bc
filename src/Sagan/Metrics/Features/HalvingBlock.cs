using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>An Inception block that halves the map: two branches whose last convolution skips every other place, and maxima.</summary>
internal sealed class HalvingBlock : Layer
{
    private readonly ConvolutionChain _left, _right;

    private HalvingBlock(ConvolutionChain left, ConvolutionChain right)
    {
        _left = Child("left", left);
        _right = Child("right", right);
    }

    /// <summary>Block B: 35x35 to 17x17.</summary>
    internal static HalvingBlock B(InceptionWeights weights, string name) => new(
        new ConvolutionChain(weights, [], [$"{name}.branch3x3"], halves: true),
        new ConvolutionChain(weights, [$"{name}.branch3x3dbl_1", $"{name}.branch3x3dbl_2"], [$"{name}.branch3x3dbl_3"], halves: true));

    /// <summary>Block D: 17x17 to 8x8.</summary>
    internal static HalvingBlock D(InceptionWeights weights, string name) => new(
        new ConvolutionChain(weights, [$"{name}.branch3x3_1"], [$"{name}.branch3x3_2"], halves: true),
        new ConvolutionChain(
            weights, [$"{name}.branch7x7x3_1", $"{name}.branch7x7x3_2", $"{name}.branch7x7x3_3"], [$"{name}.branch7x7x3_4"], halves: true));

    /// <summary>[N, inputs, H, W], none below 0 → [N, left | right | inputs, …].</summary>
    protected override Tensor Run(Tensor x)
    {
        Tensor result = Tensor.Concat(1, [.. _left.Sums(x), .. _right.Sums(x), Pooling.MaxPool3x3(x, stride: 2)]);
        result.ReluInPlace();
        return result;
    }
}
