using Sagan.Models;

namespace Sagan.Tests.Models;

/// <summary>Numbers of trained values, as the authors' code, mimicry's code and StudioGAN's logs have them.</summary>
public class ParameterTotalsTests
{
    [Theory]
    [InlineData(32, 10, 4_304_387, 1_055_104)]
    [InlineData(32, 100, 4_580_867, 1_066_624)]
    [InlineData(64, 1000, 17_974_915, 11_165_441)]
    [InlineData(64, 143, 13_038_595, 10_287_873)]
    [InlineData(128, 1000, 41_996_931, 30_041_857)]
    [InlineData(256, 143, 10_662_659, 8_576_129)]
    public void Of_Sngan_are_those_of_sngan_projection(int resolution, int classes, long generator, long discriminator) =>
        ExpectTotals(new SnganConfig(), resolution, classes, generator, discriminator);

    [Fact]
    public void Of_Sngan_without_classes_are_those_of_sngan_projection() =>
        ExpectTotals(new SnganConfig { Conditional = false }, 32, 10, 4_276_739, 1_053_824);

    [Fact]
    public void Of_the_small_Sngan_for_cats_and_dogs_are_those_of_sngan_projection() =>
        ExpectTotals(new SnganConfig { Size = ResNetSize.Small }, 128, 143, 10_606_339, 8_574_977);

    [Fact]
    public void Of_a_concatenating_discriminator_are_those_of_sngan_projection() => ExpectTotals(
        new SnganConfig { DiscriminatorCondition = DiscriminatorCondition.HiddenConcat }, 128, 1000, 41_996_931, 30_538_625);

    [Fact]
    public void Of_Sngan_on_TinyImageNet_are_those_of_StudioGAN()
    {
        using Generator network = new SnganConfig().BuildGenerator(new ImageSpec(3, 64, 200));

        Assert.Equal(13_366_915, network.ParameterCount);
    }

    // 128 x 10 weights of a linear map without bias.
    [Fact]
    public void Of_an_auxiliary_classifier_are_those_of_the_unconditional_network_and_one_linear_map() => ExpectTotals(
        new SnganConfig { HeadBias = true, DiscriminatorCondition = DiscriminatorCondition.Classifier }, 32, 10, 4_304_387, 1_053_825 + (128 * 10));

    // Its logs of WGAN-WC and ProjGAN on CIFAR-10, and of ProjGAN on TinyImageNet.
    [Fact]
    public void Of_discriminators_with_batch_norm_are_those_of_StudioGAN_s_logs()
    {
        var normed = new ResNetDetails { SpectralNorm = null, DiscriminatorBatchNorm = true };

        ExpectTotals(new SnganConfig { HeadBias = true, Details = normed, Conditional = false }, 32, 10, 4_276_739, 1_055_879);
        ExpectTotals(new SnganConfig { HeadBias = true, Details = normed }, 32, 10, 4_304_387, 1_057_159);
        using Discriminator wide = new SelfAttentionGanConfig { DiscriminatorAttention = [], Details = normed }.BuildDiscriminator(new ImageSpec(3, 64, 200));
        Assert.Equal(19_755_335, wide.ParameterCount);
    }

    [Fact]
    public void Of_the_deep_convolutional_networks_are_those_of_StudioGAN_s_logs() =>
        ExpectTotals(new DcganConfig { Conditional = false }, 32, 10, 3_812_355, 2_931_009);

    // Nobody published these totals: they follow from the shapes that compare_gan's code states.
    [Theory]
    [InlineData(DcganForm.FiveByFive, 32, 4_572_163, 4_310_401)]
    [InlineData(DcganForm.FiveByFive, 64, 5_364_739, 4_316_545)]
    [InlineData(DcganForm.SnDcgan, 32, 3_828_739, 5_860_865)]
    public void Of_plain_networks_follow_from_the_shapes_of_compare_gan(DcganForm form, int resolution, long generator, long discriminator) =>
        ExpectTotals(new DcganConfig { Form = form, Conditional = false }, resolution, 10, generator, discriminator);

    // Likewise from the shapes in heykeetae's Self-Attention-GAN.
    [Fact]
    public void Of_the_plain_network_with_attention_follow_from_the_shapes_of_its_source() =>
        ExpectTotals(new DcganConfig { Form = DcganForm.SelfAttention, Conditional = false }, 64, 1, 3_832_885, 3_175_299);

    // At 32x32 maps of 256 (G) and 128 (D) channels: 2 C h + 9 h h, with h = 71 and 36, in place of 1.25 C C + 1.
    [Fact]
    public void Of_the_ablation_s_residual_blocks_are_within_two_percent_of_attention() => ExpectTotals(
        new SelfAttentionGanConfig { AttentionForm = Sagan.Layers.AttentionForm.ResidualBlock }, 128, 1000,
        42_078_852 - 81_921 + 81_721, 39_463_618 - 20_481 + 20_880);

    [Fact]
    public void Of_Sngan_with_a_bias_in_the_head_are_those_of_mimicry_and_StudioGAN() =>
        ExpectTotals(new SnganConfig { HeadBias = true }, 32, 10, 4_304_387, 1_055_105);

    [Theory]
    [InlineData(32, 42_078_852, 39_463_618)]
    [InlineData(64, 42_017_412, 39_448_258)]
    public void Of_Sagan_at_128_are_those_of_the_authors_and_of_StudioGAN(int attention, long generator, long discriminator) =>
        ExpectTotals(new SelfAttentionGanConfig { GeneratorAttention = [attention] }, 128, 1000, generator, discriminator);

    [Theory]
    [InlineData(32, 10, 4_386_308, 1_075_586)]
    [InlineData(64, 100, 12_811_396, 19_650_242)]
    public void Of_Sagan_at_32_and_64_are_those_of_StudioGAN(int resolution, int classes, long generator, long discriminator) =>
        ExpectTotals(new SelfAttentionGanConfig(), resolution, classes, generator, discriminator);

    [Fact]
    public void Of_a_wide_discriminator_without_attention_are_those_of_the_authors() => ExpectTotals(
        new SelfAttentionGanConfig { GeneratorAttention = [32], DiscriminatorAttention = [] }, 128, 1000, 42_078_852, 39_443_137);

    private static void ExpectTotals(ModelConfig config, int resolution, int classes, long generator, long discriminator)
    {
        var images = new ImageSpec(3, resolution, classes);

        using (Generator network = config.BuildGenerator(images))
            Assert.Equal(generator, network.ParameterCount);
        using (Discriminator network = config.BuildDiscriminator(images))
            Assert.Equal(discriminator, network.ParameterCount);
    }
}
