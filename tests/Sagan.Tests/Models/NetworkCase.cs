using Sagan.Layers;
using Sagan.Losses;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Models;

/// <summary>A pair of networks of another project: how to build the same of ours, and whose names it uses.</summary>
internal sealed record NetworkCase
{
    private static readonly ResNetDetails s_mimicry = new() { Upsampling = Upsampling.Bilinear, ShortcutInput = ShortcutInput.Rectified };

    private static readonly ResNetDetails s_studioGan = new()
    {
        ShortcutInput = ShortcutInput.Rectified,
        ClassCondition = ClassCondition.OneHot,
        BatchNormEpsilon = 1e-4,
        SpectralNorm = new SpectralNorm { Epsilon = 1e-6 },
    };

    internal required ImageSpec Images { get; init; }

    internal required ModelConfig Config { get; init; }

    internal required PeerNames GeneratorNames { get; init; }

    internal required PeerNames DiscriminatorNames { get; init; }

    internal AdversarialLoss Loss { get; init; } = new HingeLoss();

    /// <summary>What is added to the losses.</summary>
    internal LossTerm? Term { get; init; }

    /// <summary>Builds the discriminator where the configuration has no form for the peer's.</summary>
    internal Func<Discriminator>? OwnDiscriminator { get; init; }

    /// <summary>Whether the peer's head takes a power iteration in evaluation while its convolutions rest.</summary>
    internal bool HeadIteratesInEvaluation { get; init; }

    /// <summary>The end of names of the peer's buffers that mean something else than ours; null for none.</summary>
    internal string? OtherBuffers { get; init; }

    internal Generator BuildGenerator() => Config.BuildGenerator(Images);

    internal Discriminator BuildDiscriminator() => OwnDiscriminator?.Invoke() ?? Config.BuildDiscriminator(Images);

    /// <summary>The case of a folder of the fixtures.</summary>
    internal static NetworkCase Of(string name) => name switch
    {
        "mimicry_sngan32" => Mimicry(32, 0, Sngan(generator: 32, discriminator: 32) with { Conditional = false }),
        "mimicry_sngan64" => Mimicry(64, 0, Sngan(generator: 8, discriminator: 8) with { Conditional = false }) with { Loss = new NonSaturatingLoss() },
        "mimicry_cganpd32" => Mimicry(32, 10, Sngan(generator: 40, discriminator: 32)) with { HeadIteratesInEvaluation = true },
        "mimicry_cganpd128" => Mimicry(128, 15, Sngan(generator: 4, discriminator: 6)),
        "mimicry_sagan32" => Mimicry(32, 10, Sagan(s_mimicry, generator: 32, discriminator: 40), generatorAttention: 16, discriminatorAttention: 8),
        "mimicry_sagan128" => ThinSagan128(),
        "studiogan_projgan32" => StudioGan(null, null, Sngan(generator: 48, discriminator: 32) with { Details = s_studioGan }),
        "studiogan_acgan32" => StudioGan(null, null, Sngan(generator: 48, discriminator: 32) with
        {
            Details = s_studioGan,
            DiscriminatorCondition = DiscriminatorCondition.Classifier,
        }) with { Term = new AuxiliaryClassifier() },
        "studiogan_sagan32" => StudioGan(2, 1, Sagan(s_studioGan, generator: 48, discriminator: 32)),
        "studiogan_biggan32" => StudioGan(2, 1, new BigGanConfig
        {
            LatentSize = 80,
            Widths = WidthTable.StudioGan,
            GeneratorWidth = 12,
            DiscriminatorWidth = 16,
            SharedSize = 40,
            GeneratorAttention = [16],
            Details = s_studioGan,
        }),
        _ when name.StartsWith("biggan", StringComparison.Ordinal) => BigGanCases.Of(name),
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

    private static SelfAttentionGanConfig Sagan(ResNetDetails details, int generator, int discriminator) => new()
    {
        LatentSize = 64,
        GeneratorWidth = generator,
        DiscriminatorWidth = discriminator,
        Details = details,
    };

    private static NetworkCase Mimicry(int resolution, int classes, ModelConfig config, int generatorAttention = 0, int discriminatorAttention = 0) => new()
    {
        Images = new ImageSpec(3, resolution, classes),
        Config = config is SelfAttentionGanConfig sagan
            ? sagan with { GeneratorAttention = [generatorAttention], DiscriminatorAttention = [discriminatorAttention] }
            : config,
        GeneratorNames = new MimicryNames($"attention{generatorAttention}", firstBlock: 2),
        DiscriminatorNames = new MimicryNames($"attention{discriminatorAttention}"),
    };

    private static NetworkCase StudioGan(int? generatorEntry, int? discriminatorEntry, ModelConfig config) => new()
    {
        Images = new ImageSpec(3, 32, 10),
        Config = config,
        GeneratorNames = new StudioGanNames("attention16", generatorEntry),
        DiscriminatorNames = new StudioGanNames("attention16", discriminatorEntry),
    };

    // mimicry's SAGAN discriminator has thin blocks; ours, as the authors', wide ones.
    private static NetworkCase ThinSagan128()
    {
        NetworkCase wide = Mimicry(128, 13, Sagan(s_mimicry, generator: 8, discriminator: 6), generatorAttention: 32, discriminatorAttention: 32);
        var plan = new ResNetPlan
        {
            Images = wide.Images,
            LatentSize = 64,
            IsConditional = true,
            Stages = [new(6), new(12), new(24), new(48), new(96), new(96, Resizes: false)],
            Attention = [32],
            Spectral = SpectralNorm.Default,
            Initializers = BlockInitializers.Sngan,
            Details = s_mimicry,
        };
        return wide with { OwnDiscriminator = () => new ResNetDiscriminator(plan) };
    }
}
