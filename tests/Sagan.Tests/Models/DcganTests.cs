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
