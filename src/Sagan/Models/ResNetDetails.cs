using Sagan.Layers;

namespace Sagan.Models;

/// <summary>How a class reaches the batch norms of a generator.</summary>
public enum ClassCondition
{
    /// <summary>A gain and a bias looked up by class (sngan_projection, the SAGAN authors' code, mimicry).</summary>
    Table,

    /// <summary>1 + a linear map of the one-hot label as gain, another as bias (StudioGAN).</summary>
    OneHot,
}

/// <summary>How a discriminator sums up its last map.</summary>
public enum FeaturePooling
{
    /// <summary>The sum over positions: the authors of SNGAN, SAGAN and BigGAN.</summary>
    Sum,

    /// <summary>Their mean: the residual networks of WGAN-GP (arXiv:1704.00028) and compare_gan.</summary>
    Mean,
}

/// <summary>How many channels a discriminator's block has between its two convolutions.</summary>
public enum InnerWidth
{
    /// <summary>What the architecture has: SNGAN as many as go in ("thin"), SAGAN and BigGAN as many as come out ("wide").</summary>
    Architecture,

    /// <summary>As many as go in, but for the first block: SNGAN, and mimicry's SAGAN.</summary>
    Thin,

    /// <summary>As many as go in, those of the picture in the first block: BigGAN-PyTorch told to be narrow.</summary>
    ThinFromThePicture,
}

/// <summary>Points in which implementations of the same residual network differ; the defaults follow the original.</summary>
public sealed record ResNetDetails
{
    /// <summary>How the generator doubles its maps.</summary>
    public Upsampling Upsampling { get; init; }

    /// <summary>What the shortcut of a discriminator's block reads.</summary>
    public ShortcutInput ShortcutInput { get; init; }

    /// <summary>How the discriminator sums up its last map.</summary>
    public FeaturePooling FeaturePooling { get; init; }

    /// <summary>How a class reaches the generator's batch norms.</summary>
    public ClassCondition ClassCondition { get; init; }

    /// <summary>
    /// Standard deviation with which the class tables start around gain 1 and bias 0. Default: 0, as the originals (mimicry
    /// has 0.02 on the gain). Classes that differ from the start are told apart sooner in short runs.
    /// </summary>
    public double ClassTableDeviation { get; init; }

    /// <summary>Added to variances. Default: 1e-5; sngan_projection 2e-5, StudioGAN 1e-4.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>
    /// Added to variances in the generator's last batch norm; null: as in the others. BigGAN-PyTorch keeps 1e-5 there
    /// whatever it is told, which matters for weights trained so.
    /// </summary>
    public double? LastBatchNormEpsilon { get; init; }

    /// <summary>Weight of a new batch in the running statistics. Default: 0.1, as in sngan_projection and torch.</summary>
    public double BatchNormMomentum { get; init; } = 0.1;

    /// <summary>
    /// Whether the discriminator's blocks have batch norms, before their ReLUs and their shortcuts' convolutions. Default: no,
    /// as wherever there is spectral norm; StudioGAN's discriminators have them where there is none (AC-GAN, WGAN).
    /// </summary>
    public bool DiscriminatorBatchNorm { get; init; }

    /// <summary>How weights are normalised, where they are; null: nowhere, as in a discriminator with a gradient penalty.</summary>
    public SpectralNorm? SpectralNorm { get; init; } = SpectralNorm.Default;

    /// <summary>The discriminator's spectral norm, where it differs from the generator's; null: the same.</summary>
    public SpectralNorm? DiscriminatorSpectralNorm { get; init; }

    /// <summary>
    /// Spectral norm of the discriminator's head, where it differs from that of the layers before; null: the same. mimicry's
    /// 32x32 projection discriminator iterates there in evaluation, too.
    /// </summary>
    public SpectralNorm? HeadSpectralNorm { get; init; }

    /// <summary>Channels inside the discriminator's blocks.</summary>
    public InnerWidth InnerWidth { get; init; }

    /// <summary>
    /// Blocks of the discriminator, the first being 1, behind which attention stands, in the place of
    /// <c>discriminatorAttention</c>; null: by resolution, once each. BigGAN-PyTorch at 32x32 has it behind all four or none.
    /// </summary>
    public IReadOnlyList<int>? AttentionBehindBlocks { get; init; }
}
