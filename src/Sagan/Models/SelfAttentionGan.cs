using Sagan.Layers;

namespace Sagan.Models;

/// <summary>SAGAN (Zhang et al. 2019, arXiv:1805.08318).</summary>
/// <remarks>
/// Spectral norm in both networks, "wide" discriminator blocks, Xavier everywhere, attention by resolution. The authors'
/// code has 128x128 only, with attention at 32; at 32 and 64 the widths and places are StudioGAN's, at 256 the widths
/// SNGAN's.
/// </remarks>
public sealed record SelfAttentionGanConfig : ModelConfig
{
    /// <summary>Which table of channels.</summary>
    public ResNetSize Size { get; init; }

    /// <summary>Base width of the generator; null: 256 at 32x32, 32 at 256x256, else 64.</summary>
    public int? GeneratorWidth { get; init; }

    /// <summary>Base width of the discriminator; null: 128 at 32x32, 32 at 256x256, else 64.</summary>
    public int? DiscriminatorWidth { get; init; }

    /// <summary>Resolutions of the generator's maps that get attention; null: 16 at 32x32, else 32.</summary>
    public IReadOnlyList<int>? GeneratorAttention { get; init; }

    /// <summary>Resolutions of the discriminator's maps that get attention; null: as in the generator.</summary>
    public IReadOnlyList<int>? DiscriminatorAttention { get; init; }

    /// <summary>Shape of the attention layers; <c>residual-block</c> has the control of the paper's ablation in their places.</summary>
    public AttentionForm AttentionForm { get; init; }

    /// <summary>Points in which implementations differ.</summary>
    public ResNetDetails Details { get; init; } = new();

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
            Attention = GeneratorAttention ?? DefaultAttention(images),
            AttentionForm = AttentionForm,
            Spectral = Details.SpectralNorm,
            Initializers = BlockInitializers.All(new XavierInitializer()),
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
            Stages = [.. ResNetWidths.SaganDiscriminator(images.Resolution, Size).Select(stage => new Stage(stage.Multiple * width, stage.Halves))],
            Attention = DiscriminatorAttention ?? GeneratorAttention ?? DefaultAttention(images),
            AttentionForm = AttentionForm,
            Spectral = Details.SpectralNorm,
            DiscriminatorCondition = DiscriminatorCondition,
            WideBlocks = true,
            Initializers = BlockInitializers.All(new XavierInitializer()),
            Details = Details,
        });
    }

    private static int[] DefaultAttention(ImageSpec images) => [images.Resolution == 32 ? 16 : 32];
}
