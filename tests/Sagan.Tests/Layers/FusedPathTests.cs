using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>The fast ways through a block, in single precision, beside the plain ones in double precision.</summary>
public class FusedPathTests
{
    private const double Tolerance = 1e-5, NoGradient = 1e-9;
    private const int Classes = 3;

    private static readonly BlockInitializers s_block = BlockInitializers.Sngan;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_generator_s_block_by_class(bool training) => Check(
        () => new UpBlock(19, 37, channels => new CategoricalBatchNorm(channels, Classes), s_block, SpectralNorm.Default), [4, 19, 5, 3], Conditional, training);

    [Fact]
    public void A_generator_s_block_without_classes() =>
        Check(() => new UpBlock(16, 5, channels => new BatchNorm(channels), s_block), [3, 16, 4, 4], (block, x) => ((UpBlock)block).Forward(x, null));

    [Fact]
    public void A_deep_generator_s_block() => Check(
        () => new DeepUpBlock(20, 12, upsamples: true, channels => new CategoricalBatchNorm(channels, Classes), s_block, null), [4, 20, 3, 4], Conditional);

    [Theory]
    [InlineData(ShortcutInput.Raw, false)]
    [InlineData(ShortcutInput.Rectified, false)]
    [InlineData(ShortcutInput.Raw, true)]
    public void A_discriminator_s_block(ShortcutInput input, bool normalises) => Check(
        () => new DownBlock(7, 21, 11, downsamples: true, s_block, SpectralNorm.Default, input, normalises ? channels => new BatchNorm(channels) : null),
        [3, 7, 6, 8],
        (block, x) => ((DownBlock)block).Forward(x));

    [Fact]
    public void A_discriminator_s_block_that_keeps_the_size() =>
        Check(() => new DownBlock(8, 8, 8, downsamples: false, s_block, null), [2, 8, 4, 4], (block, x) => ((DownBlock)block).Forward(x));

    [Fact]
    public void A_discriminator_s_first_block() =>
        Check(() => new InputBlock(3, 18, s_block, SpectralNorm.Default), [3, 3, 8, 8], (block, x) => ((InputBlock)block).Forward(x));

    [Fact]
    public void A_deep_discriminator_s_block() =>
        Check(() => new DeepDownBlock(8, 20, downsamples: true, s_block, null), [3, 8, 4, 6], (block, x) => ((DeepDownBlock)block).Forward(x));

    // Sums of pixels are multiplied: tiles of 2x2, of 4x4 where there are at least 24 of them, sides that end within a large tile,
    // channels that fill panels and half a panel; tiles so few that outputs go through in panels, and more than 240 of either size.
    [Theory]
    [InlineData(32, 48, 4, 8, 6)]
    [InlineData(16, 32, 4, 16, 16)]
    [InlineData(48, 64, 5, 12, 20)]
    [InlineData(64, 32, 1, 2, 2)]
    [InlineData(144, 160, 2, 4, 8)]
    [InlineData(16, 48, 4, 32, 36)]
    [InlineData(32, 16, 3, 22, 26)]
    public void A_convolution_of_sums(int inputs, int outputs, int pictures, int height, int width)
    {
        Func<Module> build = () => new Conv2d(inputs, outputs, 3, s_block.Main, SpectralNorm.Default);
        long[] shape = [pictures, inputs, height, width];

        Check(build, shape, (layer, x) => ((Conv2d)layer).Forward(x));
        Check(build, shape, (layer, x) => ((Conv2d)layer).ForwardDoubled(x));
        Check(build, shape, (layer, x) => ((Conv2d)layer).ForwardPooled(x));
    }

    // Rows in fours and a rest of them, more columns than are summed at a time, one row, no whole vector.
    [Theory]
    [InlineData(5, 9, 1)]
    [InlineData(64, 1100, 1)]
    [InlineData(1, 70, 1)]
    [InlineData(34, 33, 3)]
    public void A_spectral_norm(int outputs, int inputs, int iterations)
    {
        Func<Module> build = () => new Conv2d(inputs, outputs, 1, new NormalInitializer(1), new SpectralNorm { Iterations = iterations });
        long[] shape = [3, inputs, 2, 2];

        Check(build, shape, (layer, x) => ((Conv2d)layer).Forward(x));
        Check(build, shape, (layer, x) => ((Conv2d)layer).Forward(x), training: false);
    }

    [Fact]
    public void Gradients_of_gradients_of_a_spectral_norm() => Check(
        () => new Conv2d(9, 5, 1, new NormalInitializer(1), SpectralNorm.Default),
        [3, 9, 2, 2],
        (layer, x) => Autograd.Gradients(((Conv2d)layer).Forward(x).Square().Sum(), [layer.NamedParameters().First().Value.Value], createGraph: true)[0]);

    [Fact]
    public void Threads_change_no_bit_of_a_spectral_norm()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(5);
        Tensor weight = Tensor.Normal([300, 1100], random), u = Tensor.Normal([300], random), v = Tensor.Normal([1100], random), above = Tensor.Normal([300, 1100], random);
        weight.RequiresGrad = true;

        Assert.Equal(OneThread.Compute(Run), Run());

        float[][] Run()
        {
            (Tensor normalized, Tensor left, Tensor right) = Fused.SpectralNorm(weight, u, v, 1, 1e-12);
            return [.. new[] { normalized.Detach(), left, right, Autograd.Gradients((normalized * above).Sum(), [weight])[0] }.Select(tensor => tensor.ToArray<float>())];
        }
    }

    [Fact]
    public void Gradients_of_gradients_of_a_convolution_of_sums()
    {
        Func<Module> build = () => new Conv2d(32, 48, 3, s_block.Main);
        long[] shape = [4, 32, 16, 16];

        Check(build, shape, (layer, x) => Slope(((Conv2d)layer).Forward(x), x));
        Check(build, shape, (layer, x) => Slope(((Conv2d)layer).ForwardDoubled(x), x));
        Check(build, shape, (layer, x) => Slope(((Conv2d)layer).ForwardPooled(x), x));
    }

    [Fact]
    public void Threads_change_no_bit_of_a_convolution_of_sums()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(5);
        using var layer = new Conv2d(32, 48, 3, s_block.Main);
        layer.Initialize(random);
        Tensor x = Tensor.Normal([4, 32, 16, 16], random);
        x.RequiresGrad = true;

        Assert.Equal(OneThread.Compute(Run), Run());

        float[][] Run()
        {
            Tensor y = layer.Forward(x);
            return [y.Detach().ToArray<float>(), .. Autograd.Gradients(y.Square().Sum(), [x, layer.NamedParameters().First().Value.Value]).Select(gradient => gradient.ToArray<float>())];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_of_gradients(bool normalises)
    {
        Check(
            () => new DownBlock(6, 10, 8, downsamples: true, s_block, null, norm: normalises ? channels => new BatchNorm(channels) : null),
            [3, 6, 6, 6],
            (block, x) => Autograd.Gradients(((DownBlock)block).Forward(x).Square().Sum(), [x], createGraph: true)[0]);
    }

    [Fact]
    public void Second_gradients_of_a_generator_s_block()
    {
        Check(
            () => new UpBlock(6, 5, channels => new CategoricalBatchNorm(channels, Classes), s_block),
            [3, 6, 3, 3],
            (block, x) => Autograd.Gradients(Conditional(block, x).Square().Sum(), [x], createGraph: true)[0],
            tolerance: 1e-4);
    }

    [Fact]
    public void Who_watches_operators_sees_the_plain_ones()
    {
        using Scope scope = Scope.Open();
        Tensor x = Tensor.Zeros([1, 2, 2, 2]);
        bool taken = Fused.Takes(x);

        Operator.Observer = (_, _, _) => { };
        bool watched = Fused.Takes(x);
        Operator.Observer = null;

        Assert.True(taken);
        Assert.False(watched);
        Assert.False(Fused.Takes(x.To(DType.Float64)));
    }

    private static Tensor Slope(Tensor y, Tensor x) => Autograd.Gradients(y.Square().Sum(), [x], createGraph: true)[0];

    private static Tensor Conditional(Module block, Tensor x)
    {
        long[] labels = [.. Enumerable.Range(0, (int)x.Size(0)).Select(picture => (long)(picture % Classes))];
        return ((ConditionalLayer)block).Forward(x, Tensor.From(labels, labels.Length));
    }

    private static void Check(Func<Module> build, long[] shape, Func<Module, Tensor, Tensor> forward, bool training = true, double tolerance = Tolerance)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(5);
        using Module plain = GradientCheck.Prepare(build(), random);
        using Module fused = build();
        fused.Initialize(random);
        fused.CopyFrom(plain);
        using ModeScope plainMode = training ? plain.Train() : plain.Eval(), fusedMode = training ? fused.Train() : fused.Eval();
        Tensor x = GradientCheck.Leaf(random, shape);
        Tensor single = x.Detach().To(DType.Float32).Contiguous(MemoryFormat.ChannelsLast);
        single.RequiresGrad = true;

        Tensor expected = forward(plain, x), actual = forward(fused, single);
        Closeness.Require("output", expected, actual, tolerance);

        Tensor weights = Tensor.Normal(expected.Shape, random).To(DType.Float64);
        Tensor[] expectedGradients = Gradients(plain, x, expected, weights), gradients = Gradients(fused, single, actual, weights.To(DType.Float32));
        string[] names = ["x", .. plain.NamedParameters().Select(entry => entry.Name)];
        double largest = expectedGradients.Max(Largest);
        for (int i = 0; i < names.Length; i++)
        {
            if (i > 0 && Largest(expectedGradients[i] - 1) < NoGradient)
                Assert.InRange(Largest(gradients[i] - 1), 0, tolerance * largest);
            else
                Closeness.Require($"gradient of {names[i]}", expectedGradients[i], gradients[i], tolerance);
        }

        foreach (((string name, Parameter value), (_, Parameter other)) in plain.State().Zip(fused.State()))
            Closeness.Require($"state {name}", value.Value, other.Value, tolerance);
    }

    // Convolution's biases before a batch norm have none but the 1 of Everything, because the norm takes every constant away; and
    // rounding, which is of the size of what cancels out, not of 1.
    private static Tensor[] Gradients(Module block, Tensor x, Tensor output, Tensor weights) =>
        Autograd.Gradients((output * weights).Sum() + Everything(block), [x, .. block.NamedParameters().Select(entry => entry.Value.Value)]);

    private static double Largest(Tensor tensor) => tensor.Abs().Max().Item();

    private static Tensor Everything(Module block) =>
        block.NamedParameters().Select(entry => entry.Value.Value.Sum()).Aggregate((sum, next) => sum + next);
}
