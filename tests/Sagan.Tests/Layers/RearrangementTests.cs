using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>Where our layers compute in another order than the papers draw, the results are the same.</summary>
public class RearrangementTests
{
    private static readonly BlockInitializers s_block = BlockInitializers.Sngan;

    [Theory]
    [InlineData(1, 1, 2, 2)]
    [InlineData(3, 5, 8, 6)]
    [InlineData(7, 3, 4, 10)]
    public void A_convolution_fused_with_pooling_equals_one_after_the_other(int inputs, int outputs, int height, int width)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using Conv2d layer = GradientCheck.Prepare(new Conv2d(inputs, outputs, 3, new XavierInitializer()), random);
        Tensor x = GradientCheck.Leaf(random, 2, inputs, height, width);

        Tensor plain = Pooling.AveragePool2x2(layer.Forward(x));
        Tensor fused = layer.ForwardPooled(x);

        Assert.Equal([2, outputs, height / 2, width / 2], fused.Shape.ToArray());
        Closeness.Require("fused", plain, fused, 1e-13);
    }

    [Fact]
    public void A_fused_spectral_convolution_advances_its_vectors_once_and_divides_by_the_plain_kernel_s_norm()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using Conv2d one = GradientCheck.Prepare(new Conv2d(3, 5, 3, new XavierInitializer(), SpectralNorm.Default), random);
        using Conv2d other = GradientCheck.Prepare(new Conv2d(3, 5, 3, new XavierInitializer(), SpectralNorm.Default), random);
        other.CopyFrom(one);
        Tensor x = GradientCheck.Leaf(random, 2, 3, 4, 4);

        Closeness.Require("first", Pooling.AveragePool2x2(one.Forward(x)), other.ForwardPooled(x), 1e-13);
        Closeness.Require("second", Pooling.AveragePool2x2(one.Forward(x)), other.ForwardPooled(x), 1e-13);
    }

    [Theory]
    [InlineData(3, 5, Upsampling.Nearest)]
    [InlineData(5, 3, Upsampling.Bilinear)]
    public void A_generator_s_block_equals_the_one_drawn_in_the_paper(int inputs, int outputs, Upsampling upsampling)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using UpBlock block = GradientCheck.Prepare(
            new UpBlock(inputs, outputs, channels => new BatchNorm(channels), s_block, upsampling: upsampling), random);
        Tensor x = GradientCheck.Leaf(random, 2, inputs, 3, 5);
        Func<Tensor, Tensor> twice = upsampling == Upsampling.Nearest ? Pooling.UpsampleNearest2x : Pooling.UpsampleBilinear2x;

        Tensor h = Part<BatchNorm>(block, "norm1").Forward(x, null).Relu();
        h = Part<Conv2d>(block, "conv1").Forward(twice(h));
        h = Part<Conv2d>(block, "conv2").Forward(Part<BatchNorm>(block, "norm2").Forward(h, null).Relu());
        Tensor paper = h + Part<Conv2d>(block, "shortcut").Forward(twice(x));

        Closeness.Require("block", paper, block.Forward(x, null), 1e-12);
    }

    [Theory]
    [InlineData(3, 5, 3, true, ShortcutInput.Raw)]
    [InlineData(3, 5, 5, true, ShortcutInput.Rectified)]
    [InlineData(5, 3, 3, false, ShortcutInput.Raw)]
    [InlineData(5, 5, 5, true, ShortcutInput.Rectified)]
    public void A_discriminator_s_block_equals_the_one_drawn_in_the_paper(int inputs, int outputs, int hidden, bool halves, ShortcutInput input)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using DownBlock block = GradientCheck.Prepare(new DownBlock(inputs, outputs, hidden, halves, s_block, null, input), random);
        Tensor x = GradientCheck.Leaf(random, 2, inputs, 6, 4);
        Func<Tensor, Tensor> half = halves ? Pooling.AveragePool2x2 : same => same;

        Tensor h = half(Part<Conv2d>(block, "conv2").Forward(Part<Conv2d>(block, "conv1").Forward(x.Relu()).Relu()));
        Tensor shortcut = half(Part<Conv2d>(block, "shortcut").Forward(input == ShortcutInput.Raw ? x : x.Relu()));

        Closeness.Require("block", h + shortcut, block.Forward(x), 1e-12);
    }

    [Theory]
    [InlineData(ShortcutInput.Raw)]
    [InlineData(ShortcutInput.Rectified)]
    public void A_block_that_changes_neither_width_nor_size_has_no_shortcut_convolution(ShortcutInput input)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using DownBlock block = GradientCheck.Prepare(new DownBlock(3, 3, 3, false, s_block, null, input), random);
        Tensor x = GradientCheck.Leaf(random, 2, 3, 4, 4);

        Tensor h = Part<Conv2d>(block, "conv2").Forward(Part<Conv2d>(block, "conv1").Forward(x.Relu()).Relu());

        Assert.DoesNotContain(block.Children, child => child.Name == "shortcut");
        Closeness.Require("block", h + (input == ShortcutInput.Raw ? x : x.Relu()), block.Forward(x), 1e-13);
    }

    [Fact]
    public void The_first_block_equals_the_one_of_the_authors_code()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using InputBlock block = GradientCheck.Prepare(new InputBlock(3, 5, s_block, null), random);
        Tensor x = GradientCheck.Leaf(random, 2, 3, 6, 4);

        Tensor h = Pooling.AveragePool2x2(Part<Conv2d>(block, "conv2").Forward(Part<Conv2d>(block, "conv1").Forward(x).Relu()));
        Tensor shortcut = Part<Conv2d>(block, "shortcut").Forward(Pooling.AveragePool2x2(x));

        Closeness.Require("block", h + shortcut, block.Forward(x), 1e-12);
    }

    [Fact]
    public void A_projection_head_adds_the_inner_product_with_the_class_s_vector()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        using DiscriminatorHead head = GradientCheck.Prepare(new DiscriminatorHead(HeadKind.Projection, 4, 3, new XavierInitializer(), null), random);
        Tensor h = GradientCheck.Leaf(random, 2, 4), labels = Tensor.From([2L, 0L], 2);

        Tensor expected = Part<Linear>(head, "linear").Forward(h) + (Part<Embedding>(head, "embedding").Forward(labels) * h).Sum(1).Unsqueeze(1);

        Assert.Equal([2], head.Judge(h, labels).Logits.Shape.ToArray());
        Closeness.Require("head", expected, head.Judge(h, labels).Logits, 1e-13);
    }

    private static T Part<T>(Module block, string name)
        where T : Module => (T)block.Children.Single(child => child.Name == name).Module;
}
