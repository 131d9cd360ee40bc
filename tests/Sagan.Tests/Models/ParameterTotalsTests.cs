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
    public void Of_Sngan_are_those_of_sngan_projection(int resolution, int classes, long generator, long discriminator) =>
        ExpectTotals(new SnganConfig(), resolution, classes, generator, discriminator);

    [Fact]
    public void Of_Sngan_without_classes_are_those_of_sngan_projection() =>
        ExpectTotals(new SnganConfig { Conditional = false }, 32, 10, 4_276_739, 1_053_824);

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
