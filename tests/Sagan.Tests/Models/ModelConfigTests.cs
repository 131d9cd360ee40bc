using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Models;

public class ModelConfigTests
{
    public static TheoryData<ModelConfig, int> Published { get; } = new()
    {
        { new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }, 32 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2 }, 64 },
        { new SnganConfig { GeneratorWidth = 2, DiscriminatorWidth = 2, Conditional = false }, 128 },
        { new SelfAttentionGanConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }, 32 },
        { new SelfAttentionGanConfig { GeneratorWidth = 4, DiscriminatorWidth = 8 }, 64 },
        { new SelfAttentionGanConfig { GeneratorWidth = 4, DiscriminatorWidth = 4 }, 128 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Both_networks_have_the_shapes_they_promise(ModelConfig config, int resolution)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        using GanModel gan = config.Build(new ImageSpec(3, resolution, 5), random);
        Tensor? labels = config.Conditional ? Tensor.From([4L, 0L], 2) : null;

        Tensor pictures = gan.Generator.Forward(Tensor.Normal([2, gan.Generator.LatentSize], random), labels);
        Tensor logits = gan.Discriminator.Forward(pictures, labels);

        Assert.Equal([2, 3, resolution, resolution], pictures.Shape.ToArray());
        Assert.InRange(pictures.Abs().Max().Item(), 1e-3, 1);
        Assert.Equal([2], logits.Shape.ToArray());
        Assert.Equal(1, logits.IsFinite().All().To(DType.Float32).Item());
        Assert.Equal(config.Conditional, gan.Generator.IsConditional);
    }

    [Fact]
    public void The_label_changes_the_picture_and_the_verdict_only_where_there_are_classes()
    {
        Assert.True(LabelMatters(new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }));
        Assert.False(LabelMatters(new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, Conditional = false }));
    }

    [Fact]
    public void A_resolution_without_a_network_is_refused_with_the_choices()
    {
        var images = new ImageSpec(3, 48, 10);

        var error = Assert.Throws<ConfigException>(() => new SnganConfig().BuildGenerator(images));

        Assert.Contains("48x48", error.Message);
        Assert.Contains("32, 64, 128", error.Message);
    }

    [Fact]
    public void Attention_at_a_resolution_that_does_not_occur_is_refused_with_the_choices()
    {
        var config = new SelfAttentionGanConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorAttention = [32] };
        var images = new ImageSpec(3, 32, 10);

        var error = Assert.Throws<ConfigException>(() => config.BuildDiscriminator(images));

        Assert.Equal("model.discriminatorAttention", error.SettingPath);
        Assert.Contains("there is no 32x32 map here; this network has 16, 8", error.Message);
    }

    [Fact]
    public void Attention_on_too_narrow_a_map_is_refused_and_the_finished_generator_is_freed()
    {
        var config = new SelfAttentionGanConfig { GeneratorWidth = 8, DiscriminatorWidth = 4 };
        using var random = new RandomSource(1);

        var error = Assert.Throws<ConfigException>(() => config.Build(new ImageSpec(3, 32, 10), random));

        Assert.Equal("model.discriminatorAttention: the 16x16 map has 4 channels and attention needs 8; make the network wider", error.Message);
    }

    private static bool LabelMatters(ModelConfig config)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        using GanModel gan = config.Build(new ImageSpec(3, 32, 2), random);
        foreach ((_, Sagan.Layers.Parameter table) in gan.Generator.NamedParameters().Where(entry => entry.Name.EndsWith("norm1.bias", StringComparison.Ordinal)))
            table.Value.FillNormal(random, 0, 1);
        Tensor z = Tensor.Normal([1, gan.Generator.LatentSize], random), picture = Tensor.Normal([1, 3, 32, 32], random);
        Tensor zero = Tensor.From([0L], 1), one = Tensor.From([1L], 1);

        using Sagan.Layers.ModeScope still = gan.Generator.Eval();
        using Sagan.Layers.ModeScope silent = gan.Discriminator.Eval();
        bool drawn = (gan.Generator.Forward(z, zero) - gan.Generator.Forward(z, one)).Abs().Max().Item() > 0;
        bool judged = (gan.Discriminator.Forward(picture, zero) - gan.Discriminator.Forward(picture, one)).Abs().Max().Item() > 0;
        Assert.Equal(drawn, judged);
        return drawn;
    }
}
