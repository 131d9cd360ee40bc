using Sagan.Layers;

namespace Sagan.Models;

/// <summary>SNGAN with projection discriminator (Miyato et al. 2018, arXiv:1802.05957; Miyato and Koyama 2018, arXiv:1802.05637).</summary>
/// <remarks>
/// Spectral norm in the discriminator only; its blocks are "thin" (inner width = input width). Widths and blocks follow
/// sngan_projection at 32, 64, 128 and 256; its 32 net has no bias in the linear head.
/// </remarks>
public sealed record SnganConfig : ModelConfig
{
    /// <summary>Which table of channels.</summary>
    public ResNetSize Size { get; init; }

    /// <summary>Base width of the generator; null: the published one, 256 at 32x32, 32 at 256x256, else 64.</summary>
    public int? GeneratorWidth { get; init; }

    /// <summary>Base width of the discriminator; null: the published one, 128 at 32x32, 32 at 256x256, else 64.</summary>
    public int? DiscriminatorWidth { get; init; }

    /// <summary>Whether the linear head has a bias; null: as published, none at 32x32.</summary>
    public bool? HeadBias { get; init; }

    /// <summary>Points in which implementations differ.</summary>
    public ResNetDetails Details { get; init; } = new() { BatchNormEpsilon = 2e-5 };

    /// <inheritdoc/>
    public override Generator BuildGenerator(ImageSpec images)
    {
        (int first, IReadOnlyList<Stage> stages) = ResNetWidths.GeneratorStages(images.Resolution, GeneratorWidth, Size);
        return new ResNetGenerator(new ResNetPlan
        {
            Images = images,
            LatentSize = LatentSize,
            IsConditional = Conditional,
            FirstChannels = first,
            Stages = stages,
            Initializers = BlockInitializers.Sngan,
            Details = Details,
        });
    }

    /// <inheritdoc/>
    public override Discriminator BuildDiscriminator(ImageSpec images)
    {
        int width = DiscriminatorWidth ?? ResNetWidths.DiscriminatorBase(images.Resolution);
        return new ResNetDiscriminator(new ResNetPlan
        {
            Images = images,
            LatentSize = LatentSize,
            IsConditional = Conditional,
            Stages = [.. ResNetWidths.SnganDiscriminator(images.Resolution, Size).Select(stage => new Stage(stage.Multiple * width, stage.Halves))],
            Spectral = Details.SpectralNorm,
            DiscriminatorCondition = DiscriminatorCondition,
            HeadBias = HeadBias ?? images.Resolution != 32,
            Initializers = BlockInitializers.Sngan,
            Details = Details,
        });
    }
}
