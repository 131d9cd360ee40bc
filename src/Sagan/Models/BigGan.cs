using Sagan.Layers;

namespace Sagan.Models;

/// <summary>BigGAN (Brock et al. 2019, arXiv:1809.11096).</summary>
/// <remarks>
/// Spectral norm in both networks but not on the shared embedding, "wide" discriminator blocks, batch norms that read a
/// shared class embedding beside a chunk of the latent vector. Channel counts at 32 and 64, which the paper does not have, are
/// BigGAN-PyTorch's or StudioGAN's. Gains are 1 + W [e, z]; compare_gan leaves out the 1. docs/architectures/biggan.md tells
/// where implementations differ.
/// </remarks>
public sealed record BigGanConfig : ModelConfig
{
    /// <summary>A BigGAN as the paper has it at 128x128.</summary>
    public BigGanConfig() => LatentSize = 120;

    /// <summary>Whose channel counts, where they differ.</summary>
    public WidthTable Widths { get; init; }

    /// <summary>Base width of the generator; null: 96, at 32 and 64 what the table's owners take (the authors 64, StudioGAN 96 and 80).</summary>
    public int? GeneratorWidth { get; init; }

    /// <summary>Base width of the discriminator; null: as the generator's.</summary>
    public int? DiscriminatorWidth { get; init; }

    /// <summary>Size of the class embedding that all batch norms share. Default: 128, paper. Null: a table in each, as SAGAN.</summary>
    public int? SharedSize { get; init; } = 128;

    /// <summary>
    /// Whether the latent vector is cut into equal chunks, one for the 4x4 map and one for each block's batch norms ("skip-z").
    /// False: all of it makes the 4x4 map.
    /// </summary>
    public bool HierarchicalLatents { get; init; } = true;

    /// <summary>Resolutions of the generator's maps that get attention; null: 64, in networks for 64 it is 32, for 32 none.</summary>
    public IReadOnlyList<int>? GeneratorAttention { get; init; }

    /// <summary>Resolutions of the discriminator's maps that get attention; null: as in the generator.</summary>
    public IReadOnlyList<int>? DiscriminatorAttention { get; init; }

    /// <summary>How weights start; biases start at 0 (BigGAN-PyTorch leaves them to torch, small and even).</summary>
    public Initialization Initialization { get; init; }

    /// <summary>Points in which implementations differ. The epsilons of 1e-4 are the paper's (appendix C) and those of its published weights.</summary>
    public ResNetDetails Details { get; init; } = new()
    {
        BatchNormEpsilon = 1e-4,
        SpectralNorm = new SpectralNorm { Epsilon = 1e-4 },
    };

    /// <inheritdoc/>
    public override Generator BuildGenerator(ImageSpec images)
    {
        int[] multiples = BigGanWidths.Generator(images.Resolution, Widths);
        int width = BigGanWidths.Require("model.generatorWidth", GeneratorWidth ?? DefaultWidth(images));
        RequireChunks(multiples.Length);
        return new ResNetGenerator(Plan(images) with
        {
            FirstChannels = multiples[0] * width,
            Stages = BigGanWidths.UpStages(multiples, width),
            SharedSize = SharedSize,
            LatentUse = HierarchicalLatents ? LatentUse.Chunks : LatentUse.First,
            Attention = GeneratorAttention ?? BigGanWidths.Attention(images.Resolution),
        });
    }

    /// <inheritdoc/>
    public override Discriminator BuildDiscriminator(ImageSpec images)
    {
        int[] multiples = BigGanWidths.Discriminator(images.Resolution, Widths);
        int width = BigGanWidths.Require("model.discriminatorWidth", DiscriminatorWidth ?? GeneratorWidth ?? DefaultWidth(images));
        return new ResNetDiscriminator(Plan(images) with
        {
            Stages = BigGanWidths.DownStages(images.Resolution, multiples, width),
            Attention = DiscriminatorAttention ?? GeneratorAttention ?? BigGanWidths.Attention(images.Resolution),
            WideBlocks = true,
        });
    }

    private ResNetPlan Plan(ImageSpec images) => new()
    {
        Images = images,
        LatentSize = LatentSize,
        IsConditional = Conditional,
        DiscriminatorCondition = DiscriminatorCondition,
        Stages = [],
        Spectral = Details.SpectralNorm,
        Initializers = Initialization.Blocks(),
        Details = Details,
    };

    private int DefaultWidth(ImageSpec images) => (images.Resolution, Widths) switch
    {
        (32 or 64, WidthTable.Authors) => 64,
        (64, WidthTable.StudioGan) => 80,
        _ => 96,
    };

    private void RequireChunks(int chunks)
    {
        if (SharedSize is < 1)
            throw new ConfigException("model.sharedSize", $"is {SharedSize}; it must be at least 1, or null for a table in each batch norm");
        if (!HierarchicalLatents)
            return;
        if (Conditional && SharedSize is null)
            throw new ConfigException("model.hierarchicalLatents", "lays chunks of the latents beside a shared embedding; set model.sharedSize, as in 128, or this to false");
        if (LatentSize % chunks == 0)
            return;
        int below = LatentSize / chunks * chunks;
        string choices = below > 0 ? $"{below} or {below + chunks}" : $"{chunks}";
        throw new ConfigException("model.latentSize", $"{LatentSize} does not divide into {chunks} equal chunks, one for the first map and one for each block; take {choices}");
    }
}
