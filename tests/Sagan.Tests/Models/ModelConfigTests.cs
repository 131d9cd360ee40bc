using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Models;

public class ModelConfigTests
{
    [Fact]
    public void The_label_changes_the_picture_and_the_verdict_only_where_there_are_classes()
    {
        Assert.True(LabelMatters(new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }));
        Assert.False(LabelMatters(new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, Conditional = false }));
        Assert.True(LabelMatters(new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorCondition = DiscriminatorCondition.InputConcat }));
        Assert.True(LabelMatters(new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorCondition = DiscriminatorCondition.HiddenConcat }));
        Assert.True(LabelMatters(new DcganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8 }));
        Assert.False(LabelMatters(new DcganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, Conditional = false }));
        Assert.True(LabelMatters(new DcganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorCondition = DiscriminatorCondition.HiddenConcat }));
    }

    [Fact]
    public void A_resolution_without_a_network_is_refused_with_the_choices()
    {
        var images = new ImageSpec(3, 40, 10);

        var error = Assert.Throws<ConfigException>(() => new SnganConfig().BuildGenerator(images));

        Assert.Contains("40x40", error.Message);
        Assert.Contains("32, 48, 64, 128, 256", error.Message);
    }

    [Fact]
    public void The_small_network_is_refused_at_other_resolutions()
    {
        var config = new SnganConfig { Size = ResNetSize.Small };

        var error = Assert.Throws<ConfigException>(() => config.BuildDiscriminator(new ImageSpec(3, 64, 143)));

        Assert.Equal("model.size: the small network is for 128x128 and the pictures are 64x64; choose full, or --resolution 128", error.Message);
    }

    [Fact]
    public void The_pyramid_is_refused_where_the_published_network_is_one()
    {
        var config = new SelfAttentionGanConfig { Size = ResNetSize.Pyramid };

        var error = Assert.Throws<ConfigException>(() => config.BuildGenerator(new ImageSpec(3, 64, 10)));

        Assert.Equal(
            "model.size: the pyramid is for 32x32 and the pictures are 64x64, where the full network is one; choose full, or --resolution 32", error.Message);
    }

    [Fact]
    public void A_plain_network_refuses_pictures_that_cannot_be_halved_as_often_as_it_halves()
    {
        var config = new DcganConfig { Form = DcganForm.FiveByFive };

        var error = Assert.Throws<ConfigException>(() => config.BuildGenerator(new ImageSpec(3, 40, 10)));

        Assert.Equal("dataset.resolution: this network halves 4 times, so a multiple of 16 is needed, not 40; choose one with --resolution", error.Message);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    public void A_plain_network_without_a_map_for_the_class_refuses_to_lay_it_there(int resolution)
    {
        var config = new DcganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, DiscriminatorCondition = DiscriminatorCondition.HiddenConcat };

        var error = Assert.Throws<ConfigException>(() => config.BuildDiscriminator(new ImageSpec(3, resolution, 10)));

        Assert.Equal("model.discriminatorCondition", error.SettingPath);
        Assert.Contains($"this network reads {resolution / 2}, {resolution / 4}, {resolution / 8}; choose", error.Message);
    }

    [Fact]
    public void Without_spectral_norm_a_network_keeps_no_singular_vectors()
    {
        var config = new SnganConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, Details = new ResNetDetails { SpectralNorm = null } };

        using Discriminator discriminator = config.BuildDiscriminator(new ImageSpec(3, 32, 10));

        Assert.Empty(discriminator.NamedBuffers());
    }

    [Fact]
    public void The_mean_over_an_8x8_map_judges_by_a_64th_of_the_sum()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(1);
        var config = new SnganConfig { DiscriminatorWidth = 8, Conditional = false };
        var images = new ImageSpec(3, 32, 10);
        using Discriminator summing = config.BuildDiscriminator(images);
        using Discriminator averaging = (config with { Details = config.Details with { FeaturePooling = FeaturePooling.Mean } }).BuildDiscriminator(images);
        summing.Initialize(random);
        averaging.CopyFrom(summing);
        Tensor pictures = Tensor.Normal([2, 3, 32, 32], random);

        Fixtures.Closeness.Require("logits", summing.Forward(pictures, null) / 64, averaging.Forward(pictures, null), 1e-5);
    }

    [Fact]
    public void The_ablation_s_residual_block_stands_where_attention_stood()
    {
        var attention = new SelfAttentionGanConfig { GeneratorWidth = 8, DiscriminatorWidth = 8, GeneratorAttention = [8] };
        SelfAttentionGanConfig residual = attention with { AttentionForm = Sagan.Layers.AttentionForm.ResidualBlock };

        using Generator before = attention.BuildGenerator(new ImageSpec(3, 32, 10)), after = residual.BuildGenerator(new ImageSpec(3, 32, 10));

        Assert.Equal(["linear", "block1", "attention8", "block2", "block3", "norm", "conv"], before.Children.Select(child => child.Name));
        Assert.Equal(["linear", "block1", "residual8", "block2", "block3", "norm", "conv"], after.Children.Select(child => child.Name));
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
