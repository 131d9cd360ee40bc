using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>An Inception block that keeps the map's size: a 1x1 convolution, two deeper branches, and one that pools.</summary>
/// <remarks>
/// The 1x1 convolutions at the head of the branches read the same map and are computed as one. The one behind the average
/// pooling joins them: both are linear and the average of a constant is the constant, so their order does not matter, and
/// pooling afterwards moves a fraction of the channels. Maxima do not commute: block E_2, which pools by maxima, keeps the order.
/// </remarks>
internal sealed class MixedBlock : Layer
{
    private readonly int[] _widths;
    private readonly FoldedConvolution _heads;
    private readonly ConvolutionChain _left, _right;
    private readonly FoldedConvolution? _pool;

    private MixedBlock(InceptionWeights weights, string[] heads, ConvolutionChain left, ConvolutionChain right, string pool, bool poolsByMaxima)
    {
        string[] together = poolsByMaxima ? heads : [.. heads, pool];
        _widths = [.. together.Select(name => InceptionPlan.Unit(name).Outputs)];
        _heads = Child("heads", new FoldedConvolution(weights, together));
        _left = Child("left", left);
        _right = Child("right", right);
        _pool = poolsByMaxima ? Child("pool", new FoldedConvolution(weights, pool)) : null;
    }

    /// <summary>Blocks A, of 35x35 maps.</summary>
    internal static MixedBlock A(InceptionWeights weights, string name) => new(
        weights,
        [$"{name}.branch1x1", $"{name}.branch5x5_1", $"{name}.branch3x3dbl_1"],
        new ConvolutionChain(weights, [], [$"{name}.branch5x5_2"]),
        new ConvolutionChain(weights, [$"{name}.branch3x3dbl_2"], [$"{name}.branch3x3dbl_3"]),
        $"{name}.branch_pool",
        poolsByMaxima: false);

    /// <summary>Blocks C, of 17x17 maps.</summary>
    internal static MixedBlock C(InceptionWeights weights, string name) => new(
        weights,
        [$"{name}.branch1x1", $"{name}.branch7x7_1", $"{name}.branch7x7dbl_1"],
        new ConvolutionChain(weights, [$"{name}.branch7x7_2"], [$"{name}.branch7x7_3"]),
        new ConvolutionChain(
            weights, [$"{name}.branch7x7dbl_2", $"{name}.branch7x7dbl_3", $"{name}.branch7x7dbl_4"], [$"{name}.branch7x7dbl_5"]),
        $"{name}.branch_pool",
        poolsByMaxima: false);

    /// <summary>Blocks E, of 8x8 maps.</summary>
    /// <param name="weights">Where the numbers come from.</param>
    /// <param name="name">In files.</param>
    /// <param name="poolsByMaxima">True for the second of the two: a quirk of the graph of 2015 that torchvision does not have.</param>
    internal static MixedBlock E(InceptionWeights weights, string name, bool poolsByMaxima) => new(
        weights,
        [$"{name}.branch1x1", $"{name}.branch3x3_1", $"{name}.branch3x3dbl_1"],
        new ConvolutionChain(weights, [], [$"{name}.branch3x3_2a", $"{name}.branch3x3_2b"]),
        new ConvolutionChain(weights, [$"{name}.branch3x3dbl_2"], [$"{name}.branch3x3dbl_3a", $"{name}.branch3x3dbl_3b"]),
        $"{name}.branch_pool",
        poolsByMaxima);

    /// <summary>[N, inputs, H, W] → [N, 1x1 | left | right | pool, H, W].</summary>
    protected override Tensor Run(Tensor x)
    {
        Tensor heads = _heads.Sums(x);
        Tensor pooled = _pool is null
            ? Pooling.AveragePool3x3Inside(Head(heads, 3))
            : _pool.Sums(Pooling.MaxPool3x3(x, stride: 1, padding: 1));

        Tensor result = Tensor.Concat(1, [
            Head(heads, 0),
            .. _left.Sums(Head(heads, 1).Relu()),
            .. _right.Sums(Head(heads, 2).Relu()),
            pooled]);
        result.ReluInPlace();
        return result;
    }

    private Tensor Head(Tensor heads, int index) => heads.Narrow(1, _widths.Take(index).Sum(), _widths[index]);
}
