using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Tests.Layers;

public class ConvTranspose2dTests
{
    // <conv(y), x> = <y, deconv(x)> for the same kernel: what "transposed" means.
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void It_doubles_and_is_the_transpose_of_the_halving_convolution(int kernel)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        var normal = new NormalInitializer(1);
        using ConvTranspose2d doubling = Drawn(new ConvTranspose2d(5, 3, kernel, normal), random);
        using Conv2d halving = Drawn(new Conv2d(3, 5, kernel, normal, bias: false, stride: 2), random);
        Weight(halving).CopyFrom(Weight(doubling));
        Tensor x = Tensor.Normal([2, 5, 3, 4], random), y = Tensor.Normal([2, 3, 6, 8], random);

        Tensor doubled = doubling.Forward(x), halved = halving.Forward(y);

        Assert.Equal([2, 3, 6, 8], doubled.Shape.ToArray());
        Assert.Equal([2, 5, 3, 4], halved.Shape.ToArray());
        double expected = (halved * x).Sum().Item();
        Assert.Equal(expected, (y * doubled).Sum().Item(), Math.Abs(expected) * 1e-4);
    }

    [Fact]
    public void Its_spectral_norm_is_that_of_the_matrix_with_the_outputs_as_rows()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        using ConvTranspose2d layer = Drawn(new ConvTranspose2d(4, 6, 4, new NormalInitializer(1), SpectralNorm.Default), random);
        layer.AdvanceSpectralNorms(50);

        Dictionary<string, Tensor> state = layer.State().ToDictionary(entry => entry.Name, entry => entry.Value.Value.Detach());
        Tensor matrix = state["weight"].Transpose(0, 1).Flatten(1);
        double estimate = state["u"].Dot(matrix.TimesVector(state["v"])).Item();
        double largest = Operator.Find("aten::linalg_svdvals", 1).Call(matrix).Tensor.Max().Item();

        Assert.Equal([6], state["u"].Shape.ToArray());
        Assert.Equal([4 * 16], state["v"].Shape.ToArray());
        Assert.Equal(1, estimate / largest, 1e-4);
    }

    private static T Drawn<T>(T layer, RandomSource random)
        where T : Layer
    {
        layer.Initialize(random);
        return layer;
    }

    private static Tensor Weight(Layer layer) => layer.NamedParameters().Single(entry => entry.Name == "weight").Value.Value.Detach();
}
