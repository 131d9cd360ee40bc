using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Models;

public sealed class UpscalerTests
{
    private static readonly UpscalerConfig s_config = new() { Factor = 4, GeneratorWidth = 8, GeneratorBlocks = 1, DiscriminatorWidth = 4, LatentSize = 3 };

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Pictures_of_any_size_become_larger_by_the_factor(int factor)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        using GanModel gan = (s_config with { Factor = factor }).Build(new ImageSpec(3, 32, 10), random);
        Tensor small = Tensor.Normal([2, 3, 5, 7], random).Tanh();

        Tensor large = gan.Generator.Forward(Tensor.Normal([2, 3], random), small);

        Assert.Equal([2, 3, 5 * factor, 7 * factor], large.Shape.ToArray());
    }

    [Fact]
    public void The_condition_of_real_pictures_is_the_mean_over_squares()
    {
        using Scope scope = Scope.Open();
        using GanModel gan = Build();
        Tensor pictures = Tensor.From<float>([.. Enumerable.Range(0, 3 * 32 * 32).Select(i => i % 97 / 97f)], 1, 3, 32, 32);

        Batch conditioned = gan.Condition(new Batch(pictures, Tensor.From([0L], 1)));

        float[] values = pictures.ToArray<float>(), small = conditioned.Labels.ToArray<float>();
        Assert.Equal([1, 3, 8, 8], conditioned.Labels.Shape.ToArray());
        float mean = (from y in Enumerable.Range(4, 4) from x in Enumerable.Range(8, 4) select values[(32 * 32) + (32 * y) + x]).Average();
        Assert.Equal(mean, small[64 + 8 + 2], 1e-5f);
        Assert.Same(pictures, conditioned.Images);
    }

    [Fact]
    public void The_small_picture_enters_the_verdict_by_an_inner_product()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel gan = Build();
        using var random = new RandomSource(2);
        using ModeScope evaluation = gan.Discriminator.Eval();
        Tensor large = Tensor.Normal([2, 3, 32, 32], random), small = Tensor.Normal([2, 3, 8, 8], random), other = Tensor.Normal([2, 3, 8, 8], random);
        Tensor Logits(Tensor condition) => gan.Discriminator.Forward(large, condition);

        // Linear in the small picture: the convolution has no bias.
        Tensor expected = Logits(small) + Logits(other) - Logits(small * 0);
        Assert.True((Logits(small + other) - expected).Abs().Max().Item() < 1e-2 * expected.Abs().Max().Item());
        Assert.True((Logits(small) - Logits(other)).Abs().Max().Item() > 1e-2);
    }

    [Fact]
    public void Latents_change_details_and_the_small_picture_the_whole()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel gan = Build();
        using var random = new RandomSource(2);
        Tensor small = Tensor.Normal([2, 3, 8, 8], random), z = Tensor.Normal([2, 3], random);
        using ModeScope evaluation = gan.Generator.Eval();
        Tensor large = gan.Generator.Forward(z, small);

        Assert.True((gan.Generator.Forward(z * 2, small) - large).Abs().Max().Item() > 1e-4);
        Tensor linear = Pooling.UpsampleBilinear2x(Pooling.UpsampleBilinear2x(small));
        Assert.InRange((large - linear).Abs().Max().Item(), 1e-3, 1);
    }

    [Fact]
    public void Gradients_of_both_networks_are_those_of_finite_differences()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(3);
        using GanModel gan = new UpscalerConfig { Factor = 2, GeneratorWidth = 2, GeneratorBlocks = 1, DiscriminatorWidth = 1, LatentSize = 2 }
            .Build(new ImageSpec(1, 16, 2), random);
        GradientCheck.Prepare(gan.Generator, random);
        GradientCheck.Prepare(gan.Discriminator, random);
        Tensor z = GradientCheck.Leaf(random, 2, 2), small = GradientCheck.Leaf(random, 2, 1, 4, 4);
        Tensor large = GradientCheck.Leaf(random, 2, 1, 16, 16), condition = GradientCheck.Leaf(random, 2, 1, 8, 8);
        using ModeScope evaluation = gan.Discriminator.Eval();

        GradientCheck.Require(gan.Generator, () => gan.Generator.Forward(z, small), ("z", z), ("small", small));
        GradientCheck.Require(gan.Discriminator, () => gan.Discriminator.Forward(large, condition), ("large", large), ("small", condition));
    }

    [Theory]
    [InlineData("factor", "model.factor")]
    [InlineData("class", "model.conditional")]
    [InlineData("width", "model.generatorWidth")]
    [InlineData("resolution", "dataset.resolution")]
    public void What_cannot_be_is_refused_by_setting(string what, string setting)
    {
        UpscalerConfig config = what switch
        {
            "factor" => s_config with { Factor = 3 },
            "class" => s_config with { Conditional = true },
            "width" => s_config with { GeneratorWidth = 6 },
            _ => s_config,
        };

        var error = Assert.Throws<ConfigException>(() => config.BuildGenerator(new ImageSpec(3, what == "resolution" ? 8 : 32, 10)));

        Assert.Equal(setting, error.SettingPath);
    }

    private static GanModel Build()
    {
        using var random = new RandomSource(1);
        return s_config.Build(new ImageSpec(3, 32, 10), random);
    }
}
