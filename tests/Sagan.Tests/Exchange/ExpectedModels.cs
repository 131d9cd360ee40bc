using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Tests.Exchange;

/// <summary>What the networks of the fixtures are, written down by hand from how they were made.</summary>
internal static class ExpectedModels
{
    private static readonly ResNetDetails s_mimicry = new() { Upsampling = Upsampling.Bilinear, ShortcutInput = ShortcutInput.Rectified };

    private static readonly ResNetDetails s_studioGan = new()
    {
        ShortcutInput = ShortcutInput.Rectified,
        ClassCondition = ClassCondition.OneHot,
        BatchNormEpsilon = 1e-4,
        SpectralNorm = new SpectralNorm { Epsilon = 1e-6 },
    };

    internal static PeerModel Of(string name) => name switch
    {
        "mimicry_sngan32" => new(Sngan(32, 32) with { Conditional = false }, new ImageSpec(3, 32, 1)),
        "mimicry_sngan64" => new(Sngan(8, 8) with { Conditional = false }, new ImageSpec(3, 64, 1)),
        "mimicry_cganpd32" => new(
            Sngan(40, 32) with { Details = s_mimicry with { HeadSpectralNorm = new SpectralNorm { RefreshInEvaluation = true } } }, new ImageSpec(3, 32, 10)),
        "mimicry_cganpd128" => new(Sngan(4, 6), new ImageSpec(3, 128, 15)),
        "mimicry_sagan32" => new(Sagan(s_mimicry with { InnerWidth = InnerWidth.Thin }, 32, 40, 16, 8), new ImageSpec(3, 32, 10)),
        "mimicry_sagan128" => new(Sagan(s_mimicry with { InnerWidth = InnerWidth.Thin }, 8, 6, 32, 32), new ImageSpec(3, 128, 13)),
        "studiogan_projgan32" => new(Sagan(OnlyInDiscriminator(), 48, 32), new ImageSpec(3, 32, 10)),
        "studiogan_acgan32" => new(
            Sagan(OnlyInDiscriminator(), 48, 32) with { DiscriminatorCondition = DiscriminatorCondition.Classifier }, new ImageSpec(3, 32, 10)),
        "studiogan_sagan32" => new(Sagan(s_studioGan, 48, 32, 16, 16), new ImageSpec(3, 32, 10)),
        "studiogan_biggan32" => new(
            new BigGanConfig
            {
                LatentSize = 80,
                Widths = WidthTable.StudioGan,
                GeneratorWidth = 12,
                DiscriminatorWidth = 16,
                SharedSize = 40,
                GeneratorAttention = [16],
                DiscriminatorAttention = [16],
                Details = s_studioGan,
            },
            new ImageSpec(3, 32, 10)),
        "biggan32_cifar" => new(BigGan(128, 16, 1e-12) with { SharedSize = null, HierarchicalLatents = false }, new ImageSpec(3, 32, 10)),
        "biggan32_hier_attn16_ortho" => new(
            BigGan(80, 16, 1e-8, 16) with { SharedSize = 32, DiscriminatorAttention = [], Details = BigGanDetails(1e-8) with { AttentionBehindBlocks = [1, 2, 3, 4] } },
            new ImageSpec(3, 32, 10)),

        // Two singular values are followed in its generator; only the first divides, so that the others change nothing.
        "biggan32_mybn_svs2_thin" => new(
            BigGan(24, 8, 1e-12) with
            {
                SharedSize = 24,
                HierarchicalLatents = false,
                Details = BigGanDetails(1e-12) with
                {
                    BatchNormEpsilon = 1e-4,
                    LastBatchNormEpsilon = 1e-5,
                    DiscriminatorSpectralNorm = new SpectralNorm { Epsilon = 1e-12, RefreshInEvaluation = true, Iterations = 3 },
                    InnerWidth = InnerWidth.ThinFromThePicture,
                    AttentionBehindBlocks = [1, 2, 3, 4],
                },
            },
            new ImageSpec(3, 32, 7)),
        "biggan64_hier_attn32" => new(BigGan(100, 8, 1e-6, 32) with { SharedSize = 48 }, new ImageSpec(3, 64, 12)),
        "biggan128_hier_attn64" => new(BigGan(120, 8, 1e-6, 64), new ImageSpec(3, 128, 20)),
        "biggandeep64" => new(
            new BigGanDeepConfig
            {
                LatentSize = 32,
                GeneratorWidth = 8,
                DiscriminatorWidth = 8,
                SharedSize = 32,
                GeneratorAttention = [32],
                DiscriminatorAttention = [32],
                Details = BigGanDetails(1e-6),
            },
            new ImageSpec(3, 64, 10)),
        _ => throw new ArgumentException($"There is no case '{name}'.", nameof(name)),
    };

    private static SnganConfig Sngan(int generator, int discriminator) => new()
    {
        LatentSize = 64,
        GeneratorWidth = generator,
        DiscriminatorWidth = discriminator,
        HeadBias = true,
        Details = s_mimicry,
    };

    private static SelfAttentionGanConfig Sagan(ResNetDetails details, int generator, int discriminator, int? generatorAttention = null, int? discriminatorAttention = null) => new()
    {
        LatentSize = 64,
        GeneratorWidth = generator,
        DiscriminatorWidth = discriminator,
        GeneratorAttention = generatorAttention is { } first ? [first] : [],
        DiscriminatorAttention = discriminatorAttention is { } second ? [second] : [],
        Details = details,
    };

    private static ResNetDetails OnlyInDiscriminator() => s_studioGan with { SpectralNorm = null, DiscriminatorSpectralNorm = s_studioGan.SpectralNorm };

    private static BigGanConfig BigGan(int latentSize, int width, double epsilon, int? attention = null) => new()
    {
        LatentSize = latentSize,
        GeneratorWidth = width,
        DiscriminatorWidth = width,
        GeneratorAttention = attention is { } map ? [map] : [],
        DiscriminatorAttention = attention is { } same ? [same] : [],
        Details = BigGanDetails(epsilon),
    };

    private static ResNetDetails BigGanDetails(double epsilon) => new()
    {
        BatchNormEpsilon = 1e-5,
        SpectralNorm = new SpectralNorm { Epsilon = epsilon, RefreshInEvaluation = true },
    };
}
