using Sagan.Models;

namespace Sagan.Tests.Models;

/// <summary>Numbers of trained values of BigGANs, as compare_gan's and StudioGAN's sources and logs have them or their shapes add up to.</summary>
/// <remarks>Networks of up to 100 million values are built one at a time, without drawing initial values.</remarks>
public class BigGanTotalsTests
{
    private static readonly BigGanConfig s_plain = new() { LatentSize = 128, SharedSize = null, HierarchicalLatents = false };
    private static readonly BigGanConfig s_studioGan = new() { Widths = WidthTable.StudioGan };

    [Fact]
    public void Of_BigGAN_at_128_are_those_of_compare_gan_and_StudioGAN() =>
        Expect(new BigGanConfig(), 128, 1000, 70_433_988, 87_982_370);

    [Fact]
    public void Of_BigGAN_at_128_of_width_64() =>
        Expect(new BigGanConfig { GeneratorWidth = 64 }, 128, 1000, 31_978_628, 39_448_258);

    [Theory]
    [InlineData(64, 82_235_844L, 99_225_890L)]
    [InlineData(128, 82_097_604L, null)]
    public void Of_BigGAN_at_256_with_the_paper_s_and_the_published_weights_attention(int attention, long? generator, long? discriminator) =>
        Expect(new BigGanConfig { LatentSize = 140, GeneratorAttention = [attention] }, 256, 1000, generator, discriminator);

    [Theory]
    [InlineData(160, 82_468_068L, 99_401_282L)]
    [InlineData(128, 82_296_804L, null)]
    public void Of_BigGAN_at_512_with_the_paper_s_and_the_published_weights_latents(int latents, long? generator, long? discriminator) =>
        Expect(new BigGanConfig { LatentSize = latents }, 512, 1000, generator, discriminator);

    [Fact]
    public void Of_StudioGAN_s_BigGAN_for_AFHQ_at_256() =>
        Expect(new BigGanConfig { LatentSize = 140, GeneratorAttention = [] }, 256, 3, 81_923_907, 97_648_417);

    [Theory]
    [InlineData(64, 31_969_540, 20_571_842)]
    [InlineData(96, 70_377_348, 45_511_970)]
    public void Of_BigGAN_at_64(int width, long generator, long discriminator) =>
        Expect(new BigGanConfig { GeneratorWidth = width }, 64, 1000, generator, discriminator);

    [Theory]
    [InlineData(100, 17_322_404, 30_668_722)]
    [InlineData(200, 17_335_204, 30_796_722)]
    public void Of_StudioGAN_s_BigGAN_at_64(int classes, long generator, long discriminator) =>
        Expect(s_studioGan with { LatentSize = 100 }, 64, classes, generator, discriminator);

    [Fact]
    public void Of_StudioGAN_s_BigGAN_for_CIFAR() =>
        Expect(s_studioGan with { LatentSize = 80, GeneratorAttention = [16] }, 32, 10, 9_416_196, 2_415_170);

    [Fact]
    public void Of_BigGAN_PyTorch_s_for_CIFAR() => Expect(s_plain, 32, 10, 4_304_387, 4_207_361);

    [Theory]
    [InlineData(128, 50_244_484, 34_590_210)]
    [InlineData(256, 55_736_708, 38_247_426)]
    [InlineData(512, 56_019_780, 38_301_122)]
    public void Of_BigGAN_deep_are_those_of_compare_gan(int resolution, long generator, long discriminator) =>
        Expect(new BigGanDeepConfig(), resolution, 1000, generator, discriminator);

    [Fact]
    public void Of_BigGAN_deep_at_32_with_attention() =>
        Expect(new BigGanDeepConfig { GeneratorAttention = [16] }, 32, 10, 7_762_948, 2_908_930);

    private static void Expect(ModelConfig config, int resolution, int classes, long? generator, long? discriminator)
    {
        var images = new ImageSpec(3, resolution, classes);

        if (generator is { } drawn)
        {
            using Generator network = config.BuildGenerator(images);
            Assert.Equal(drawn, network.ParameterCount);
        }

        if (discriminator is { } judged)
        {
            using Discriminator network = config.BuildDiscriminator(images);
            Assert.Equal(judged, network.ParameterCount);
        }
    }
}
