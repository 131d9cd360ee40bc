using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Models;

public class DcganTests
{
    private static readonly ImageSpec s_tiny = new(1, 8, 3);

    [Theory]
    [InlineData(DcganForm.DeepConv, 8)]
    [InlineData(DcganForm.SnDcgan, 8)]
    [InlineData(DcganForm.FiveByFive, 16)]
    public void Gradients_of_the_generators_are_those_of_finite_differences(DcganForm form, int resolution)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        var config = new DcganConfig { Form = form, LatentSize = 2, GeneratorWidth = 1, SpectralGenerator = form == DcganForm.DeepConv };
        using Generator generator = GradientCheck.Prepare(config.BuildGenerator(s_tiny with { Resolution = resolution }), random);
        using ModeScope evaluation = generator.Eval();
        Tensor z = GradientCheck.Leaf(random, 2, 2), labels = Tensor.From([2L, 0L], 2);

        GradientCheck.Require(generator, () => generator.Forward(z, labels), ("z", z));
    }

    [Theory]
    [InlineData(DcganForm.DeepConv, DiscriminatorCondition.InputConcat)]
    [InlineData(DcganForm.SnDcgan, DiscriminatorCondition.Projection)]
    public void Gradients_of_the_discriminators_are_those_of_finite_differences(DcganForm form, DiscriminatorCondition condition)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        var config = new DcganConfig { Form = form, DiscriminatorWidth = 1, DiscriminatorCondition = condition };
        using Discriminator discriminator = GradientCheck.Prepare(config.BuildDiscriminator(s_tiny), random);
        using ModeScope evaluation = discriminator.Eval();
        Tensor x = GradientCheck.Leaf(random, 2, 1, 8, 8), labels = Tensor.From([2L, 0L], 2);

        GradientCheck.Require(discriminator, () => discriminator.Forward(x, labels), ("x", x));
    }

    // Narrower it is not to be had, and with all its weights it would take a minute: they are checked layer by layer.
    [Fact]
    public void Gradients_through_the_networks_with_attention_are_those_of_finite_differences()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1);
        var config = new DcganConfig { Form = DcganForm.SelfAttention, LatentSize = 3, GeneratorWidth = 8, DiscriminatorWidth = 2 };
        ImageSpec images = s_tiny with { Resolution = 16 };
        using Generator generator = GradientCheck.Prepare(config.BuildGenerator(images), random);
        using Discriminator discriminator = GradientCheck.Prepare(config.BuildDiscriminator(images), random);
        using ModeScope first = generator.Eval(), second = discriminator.Eval();
        Tensor z = GradientCheck.Leaf(random, 2, 3), x = GradientCheck.Leaf(random, 2, 1, 16, 16), labels = Tensor.From([2L, 0L], 2);

        GradientCheck.Require(() => generator.Forward(z, labels), ("z", z));
        GradientCheck.Require(() => discriminator.Forward(x, labels), ("x", x));
    }

    [Fact]
    public void The_form_with_attention_is_normalised_as_its_source_has_it()
    {
        var config = new DcganConfig { Form = DcganForm.SelfAttention, GeneratorWidth = 8, DiscriminatorWidth = 2, LatentSize = 5 };
        ImageSpec images = s_tiny with { Resolution = 16 };

        using Generator generator = config.BuildGenerator(images), plain = (config with { SpectralGenerator = false }).BuildGenerator(images);
        using Discriminator discriminator = config.BuildDiscriminator(images);

        Assert.Equal(["stem", "deconv1", "deconv2", "deconv3"], generator.NormalizedWeights().Select(entry => entry.Layer));
        Assert.Equal(["conv1", "conv2", "conv3", "conv4"], discriminator.NormalizedWeights().Select(entry => entry.Layer));
        Assert.Empty(plain.NormalizedWeights());
        Assert.Equal(5, generator.State().Single(entry => entry.Name == "stem.u").Value.Value.Count);
        Assert.Equal(["attention4", "attention8"], generator.Children.Select(child => child.Name).Where(name => name.StartsWith("attention", StringComparison.Ordinal)));
        Assert.Equal(["attention2", "attention1"], discriminator.Children.Select(child => child.Name).Where(name => name.StartsWith("attention", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(7, 2, "model.generatorWidth: is 7; it must be at least 8, so that all attention has 8 channels")]
    [InlineData(8, 1, "model.discriminatorWidth: is 1; it must be at least 2, so that all attention has 8 channels")]
    public void A_width_that_leaves_attention_too_few_channels_is_refused(int generator, int discriminator, string message)
    {
        var config = new DcganConfig { Form = DcganForm.SelfAttention, GeneratorWidth = generator, DiscriminatorWidth = discriminator };

        Assert.Equal(message, Assert.Throws<ConfigException>(() => config.BuildGenerator(s_tiny with { Resolution = 16 })).Message);
    }

    [Fact]
    public void The_norm_of_the_discriminator_is_the_form_s_unless_set()
    {
        Assert.Equal((false, true), Norms(new DcganConfig { Form = DcganForm.SnDcgan }));
        Assert.Equal((true, false), Norms(new DcganConfig { Form = DcganForm.DeepConv }));
        Assert.Equal((false, true), Norms(new DcganConfig { DiscriminatorNorm = DiscriminatorNorm.Spectral }));
        Assert.Equal((false, false), Norms(new DcganConfig { DiscriminatorNorm = DiscriminatorNorm.None }));
    }

    [Fact]
    public void The_first_of_the_5x5_convolutions_has_no_batch_norm()
    {
        var config = new DcganConfig { Form = DcganForm.FiveByFive, DiscriminatorWidth = 1 };

        using Discriminator discriminator = config.BuildDiscriminator(s_tiny with { Resolution = 16 });

        Assert.Equal(
            ["conv1", "conv2", "norm2", "conv3", "norm3", "conv4", "norm4", "head"],
            discriminator.Children.Select(child => child.Name));
    }

    [Theory]
    [InlineData("generatorWidth")]
    [InlineData("discriminatorWidth")]
    public void A_width_below_one_is_refused(string setting)
    {
        DcganConfig config = setting == "generatorWidth" ? new DcganConfig { GeneratorWidth = 0 } : new DcganConfig { DiscriminatorWidth = -1 };

        var error = Assert.Throws<ConfigException>(() => config.BuildGenerator(s_tiny));

        Assert.StartsWith($"model.{setting}: is ", error.Message);
    }

    private static (bool Batch, bool Spectral) Norms(DcganConfig config)
    {
        using Discriminator discriminator = (config with { DiscriminatorWidth = 1 }).BuildDiscriminator(s_tiny);
        string[] buffers = [.. discriminator.NamedBuffers().Select(entry => entry.Name.Split('.')[^1]).Distinct()];
        return (buffers.Contains("mean"), buffers.Contains("u"));
    }
}
