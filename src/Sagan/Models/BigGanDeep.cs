using Sagan.Layers;

namespace Sagan.Models;

/// <summary>BigGAN-deep (Brock et al. 2019, arXiv:1809.11096, appendix B).</summary>
/// <remarks>
/// Twice as many blocks as BigGAN, bottlenecks whose shortcuts have no weights in the generator and only append channels in
/// the discriminator. The whole latent vector beside the class embedding makes the 4x4 map and conditions every batch norm.
/// The published weights draw 128 channels and show 3 of them; this network draws those of the pictures unless told otherwise.
/// docs/architectures/biggan-deep.md tells where implementations differ.
/// </remarks>
public sealed record BigGanDeepConfig : ModelConfig
{
    /// <summary>Base width of the generator, a multiple of 4. Default: 128, paper.</summary>
    public int GeneratorWidth { get; init; } = 128;

    /// <summary>Base width of the discriminator, a multiple of 4; null: as the generator's.</summary>
    public int? DiscriminatorWidth { get; init; }

    /// <summary>Size of the class embedding that all batch norms share. Default: 128, paper.</summary>
    public int SharedSize { get; init; } = 128;

    /// <summary>Resolutions of the generator's maps that get attention; null: 64, in networks for 64 it is 32, for 32 none.</summary>
    public IReadOnlyList<int>? GeneratorAttention { get; init; }

    /// <summary>Resolutions of the discriminator's maps that get attention; null: as in the generator.</summary>
    public IReadOnlyList<int>? DiscriminatorAttention { get; init; }

    /// <summary>
    /// Channels that the generator's last convolution draws, of which the pictures show the first; null: as many as the
    /// pictures have. The published weights have as many as the base width, and one spectral norm over all.
    /// </summary>
    public int? DrawnChannels { get; init; }

    /// <summary>Statistics by truncation that the generator's batch norms carry, as those of the published weights do; null: none.</summary>
    public TruncationTable? TruncationTable { get; init; }

    /// <summary>How weights start; biases start at 0.</summary>
    public Initialization Initialization { get; init; }

    /// <summary>Points in which implementations differ. The epsilons of 1e-4 are the paper's and those of its published weights.</summary>
    public ResNetDetails Details { get; init; } = new()
    {
        BatchNormEpsilon = 1e-4,
        SpectralNorm = new SpectralNorm { Epsilon = 1e-4 },
    };

    /// <inheritdoc/>
    public override Generator BuildGenerator(ImageSpec images)
    {
        int[] multiples = BigGanWidths.Generator(images.Resolution, WidthTable.Authors);
        int width = RequireQuarters("model.generatorWidth", GeneratorWidth);
        RequireKnownDetails();
        RequirePublishedForm(images);
        return new ResNetGenerator(Plan(images) with
        {
            FirstChannels = multiples[0] * width,
            Stages = BigGanWidths.DeepUpStages(multiples, width),
            SharedSize = BigGanWidths.Require("model.sharedSize", SharedSize),
            LatentUse = LatentUse.Everywhere,
            Attention = GeneratorAttention ?? BigGanWidths.Attention(images.Resolution),
            DrawnChannels = DrawnChannels,
            TruncationTable = TruncationTable,
        });
    }

    /// <inheritdoc/>
    public override Discriminator BuildDiscriminator(ImageSpec images)
    {
        int[] multiples = BigGanWidths.Discriminator(images.Resolution, WidthTable.Authors);
        int width = RequireQuarters("model.discriminatorWidth", DiscriminatorWidth ?? GeneratorWidth);
        if (Conditional && DiscriminatorCondition == DiscriminatorCondition.HiddenConcat)
            throw new ConfigException("model.discriminatorCondition", "BigGAN-deep's shortcuts cannot take planes of the class back; choose projection or input-concat");
        RequireKnownDetails();
        return new ResNetDiscriminator(Plan(images) with
        {
            StemChannels = multiples[0] * width,
            Stages = BigGanWidths.DeepDownStages(images.Resolution, multiples, width),
            Attention = DiscriminatorAttention ?? GeneratorAttention ?? BigGanWidths.Attention(images.Resolution),
        });
    }

    private ResNetPlan Plan(ImageSpec images) => new()
    {
        Images = images,
        LatentSize = LatentSize,
        IsConditional = Conditional,
        DiscriminatorCondition = DiscriminatorCondition,
        IsDeep = true,
        Stages = [],
        Spectral = Details.SpectralNorm,
        Initializers = Initialization.Blocks(),
        Details = Details,
    };

    private static int RequireQuarters(string setting, int width) => width > 0 && width % 4 == 0
        ? width
        : throw new ConfigException(setting, $"is {width}; the blocks are a quarter as wide inside, so it must be a multiple of 4");

    private void RequirePublishedForm(ImageSpec images)
    {
        if (DrawnChannels < images.Channels)
            throw new ConfigException("model.drawnChannels", $"is {DrawnChannels}, of which no {images.Channels} channels can be shown; leave it out or make it at least {images.Channels}");
        if (TruncationTable is { Rows: < 2 and int rows })
            throw new ConfigException("model.truncationTable.rows", $"is {rows}; there must be at least 2, for truncations 0 and 1");
    }

    private void RequireKnownDetails()
    {
        if (Details.Upsampling != Upsampling.Nearest)
            throw new ConfigException("model.details.upsampling", "BigGAN-deep repeats pixels; leave it at nearest");
        if (Details.ShortcutInput != ShortcutInput.Raw)
            throw new ConfigException("model.details.shortcutInput", "BigGAN-deep's shortcuts read the raw input; leave it at raw");
        if (Details.DiscriminatorBatchNorm)
            throw new ConfigException("model.details.discriminatorBatchNorm", "BigGAN-deep's discriminator has spectral norm alone; leave it at false");
        if (Details.InnerWidth != InnerWidth.Architecture)
            throw new ConfigException("model.details.innerWidth", "BigGAN-deep's blocks are a quarter as wide inside; leave it at architecture");
    }
}
