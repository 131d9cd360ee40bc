using System.Numerics;
using System.Text.Json.Serialization;
using Sagan.Layers;

namespace Sagan.Models;

/// <summary>
/// Super-resolution: a generator that enlarges pictures, and a projection discriminator whose condition is the small picture
/// (Miyato and Koyama 2018, arXiv:1802.05637, section 4.2).
/// </summary>
/// <remarks>
/// The paper's principle, with widths and depths of our own: it lists its networks in figures only. Small pictures are means
/// over squares of the large ones. The generator draws what linear enlargement lacks, so that it starts from that.
/// </remarks>
public sealed record UpscalerConfig : ModelConfig
{
    /// <summary>Creates it with the defaults of this architecture: the picture is the condition, and no class.</summary>
    public UpscalerConfig()
    {
        Conditional = false;
        LatentSize = 16;
    }

    /// <summary>How many times larger pictures become on each side: 2, 4 or 8. Default: 4, the paper's 32 to 128.</summary>
    public int Factor { get; init; } = 4;

    /// <summary>Channels of the generator at the small picture's resolution; each doubling halves them.</summary>
    public int GeneratorWidth { get; init; } = 128;

    /// <summary>Residual blocks of the generator at the small picture's resolution.</summary>
    public int GeneratorBlocks { get; init; } = 4;

    /// <summary>Channels of the discriminator's first block; each halving doubles them, up to 8 times.</summary>
    public int DiscriminatorWidth { get; init; } = 64;

    /// <summary>How the discriminator's weights are normalised.</summary>
    public SpectralNorm SpectralNorm { get; init; } = SpectralNorm.Default;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool ConditionsOnPictures => true;

    /// <inheritdoc/>
    public override Generator BuildGenerator(ImageSpec images)
    {
        RequirePossible(images);
        return new UpscalerGenerator(this, images);
    }

    /// <inheritdoc/>
    public override Discriminator BuildDiscriminator(ImageSpec images)
    {
        RequirePossible(images);
        return new UpscalerDiscriminator(this, images);
    }

    private void RequirePossible(ImageSpec images)
    {
        if (Factor is not (2 or 4 or 8))
            throw new ConfigException("model.factor", $"is {Factor}; choose 2, 4 or 8");
        if (Conditional)
            throw new ConfigException("model.conditional", "an upscaler looks at the small picture and at no class; leave it false");
        if (!BitOperations.IsPow2(images.Resolution) || images.Resolution < 4 * Factor)
            throw new ConfigException("dataset.resolution", $"{images.Resolution} is the side of the large pictures: choose a power of two from {4 * Factor} on with --resolution");
        if (GeneratorWidth < Factor || GeneratorWidth % Factor != 0)
            throw new ConfigException("model.generatorWidth", $"is {GeneratorWidth}; it must be a multiple of the factor {Factor}, for it is halved at each doubling");
        if (GeneratorBlocks < 0)
            throw new ConfigException("model.generatorBlocks", $"is {GeneratorBlocks}; it must not be negative");
        if (DiscriminatorWidth < 1)
            throw new ConfigException("model.discriminatorWidth", $"is {DiscriminatorWidth}; it must be at least 1");
    }
}
