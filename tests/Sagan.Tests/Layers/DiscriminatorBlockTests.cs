using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

/// <summary>The discriminator's blocks with batch norm, in training, against torch 1.13 in double precision, composed as StudioGAN's resnet.py.</summary>
/// <remarks>Every number that goes in is a sine: torch.sin(k + 0.7 * torch.arange(n)) with a k for each parameter.</remarks>
public class DiscriminatorBlockTests
{
    private static readonly string[] s_parameters =
    [
        "conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "norm1.gain", "norm1.bias", "norm2.gain", "norm2.bias",
        "shortcut.weight", "shortcut.bias", "shortcutNorm.gain", "shortcutNorm.bias",
    ];

    // The first four numbers that come out, and all of them weighted with the sines of k = 20.
    [Theory]
    [InlineData(5, 5, true, new[] { -1.6694220660378722, -4.665632547265659, -1.290295543636497, -2.604495544832142, 7.7015527365128555 })]
    [InlineData(3, 5, true, new[] { -1.591453101429708, -3.4431480051731818, -1.573389004302684, -2.2701905802590217, 6.554632535989743 })]
    [InlineData(5, 5, false, new[] { 5.642778634493523, 4.623416219850293, -1.6531062122377298, -5.772709775131392, 22.93262067990785 })]
    [InlineData(3, 3, false, new[] { 2.179559129249087, 0.9536639883158707, -1.745699482140543, -3.2404164625290117, -18.933316814291732 })]
    public void With_batch_norm_a_block_is_StudioGAN_s(int hidden, int outputs, bool halves, double[] expected)
    {
        using Scope scope = Scope.Open();
        using var block = new DownBlock(3, outputs, hidden, halves, BlockInitializers.Sngan, null, norm: Norm);

        Assert.Equal(expected, Seen(block), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Fact]
    public void With_batch_norm_the_first_block_is_StudioGAN_s()
    {
        using Scope scope = Scope.Open();
        using var block = new InputBlock(3, 4, BlockInitializers.Sngan, null, Norm);

        Assert.Equal(
            [2.0673761102510797, -3.1116719891435047, -3.764433375457531, -1.1494169748215466, -4.241617195730823],
            Seen(block), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    private static BatchNorm Norm(int channels) => new(channels, epsilon: 1e-4);

    private static double[] Seen(Layer block)
    {
        using GradMode noGrad = Autograd.NoGrad();
        block.To(DType.Float64);
        foreach ((string name, Parameter parameter) in block.NamedParameters())
            parameter.Value.CopyFrom(Wave(Place(name), [.. parameter.Value.Shape]));

        Tensor y = block.Forward(Wave(30, 2, 3, 4, 4)).Contiguous();

        return [.. y.ToArray<double>()[..4], (y * Wave(20, [.. y.Shape])).Sum().Item()];
    }

    // The first block has one batch norm on its way, at the place of the other blocks' second.
    private static int Place(string name) => Array.IndexOf(s_parameters, name.Replace("norm.", "norm2.", StringComparison.Ordinal));

    private static Tensor Wave(int k, params long[] shape)
    {
        int count = (int)shape.Aggregate(1L, (product, side) => product * side);
        return Tensor.From([.. Enumerable.Range(0, count).Select(i => Math.Sin(k + (0.7 * i)))], shape);
    }
}
