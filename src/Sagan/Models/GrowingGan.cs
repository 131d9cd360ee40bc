using Sagan.Layers;

namespace Sagan.Models;

/// <summary>A SAGAN that grows: its resolution doubles from stage to stage, new parts fading in (Karras et al. 2018, arXiv:1710.10196).</summary>
/// <remarks>
/// The blocks, losses and attention are SAGAN's (arXiv:1805.08318); the growing is Karras et al.'s. A map of a resolution has
/// the same width in every stage, and parts are named by resolution, so that a stage's weights fit the next by name. Widths
/// are those of BigGAN at 256x256 (arXiv:1809.11096, table 5): SAGAN itself was published at 128x128 only. The data's
/// resolution says which stage this is; <c>sagan grow</c> goes through all of them.
/// </remarks>
public sealed record GrowingGanConfig : ModelConfig
{
    /// <summary>Resolutions of the stages, each twice the one before, within 8 to 256.</summary>
    public IReadOnlyList<int> Stages { get; init; } = [16, 32, 64, 128, 256];

    /// <summary>Pictures over which a stage's new parts fade in; the first stage has none. Default: 600,000, as Karras et al.</summary>
    public long FadeImages { get; init; } = 600_000;

    /// <summary>Base width of the generator: 16 times as many channels at 4x4, as many at 256x256. Default: 64, SAGAN's.</summary>
    public int GeneratorWidth { get; init; } = 64;

    /// <summary>Base width of the discriminator: 16 times as many channels at 4x4, as many at 128x128. Default: 64, SAGAN's.</summary>
    public int DiscriminatorWidth { get; init; } = 64;

    /// <summary>Resolutions of the maps that get attention, in both networks, from the stage on that has such a map. Default: 32, SAGAN's.</summary>
    public IReadOnlyList<int> Attention { get; init; } = [32];

    /// <summary>Shape of the attention layers.</summary>
    public AttentionForm AttentionForm { get; init; }

    /// <summary>Standard deviation with which the class tables start around gain 1 and bias 0. Default: 0, as SAGAN's.</summary>
    public double ClassTableDeviation { get; init; }

    /// <summary>How all weights are normalised.</summary>
    public SpectralNorm SpectralNorm { get; init; } = SpectralNorm.Default;

    internal override bool ChangesWithTime => true;

    /// <inheritdoc/>
    public override Generator BuildGenerator(ImageSpec images) => new GrowingGenerator(GrowingPlan.Of(this, images));

    /// <inheritdoc/>
    public override Discriminator BuildDiscriminator(ImageSpec images) => new GrowingDiscriminator(GrowingPlan.Of(this, images));
}
