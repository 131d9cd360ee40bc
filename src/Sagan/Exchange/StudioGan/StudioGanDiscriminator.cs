using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.StudioGan;

/// <summary>What the shapes of a discriminator of StudioGAN tell.</summary>
internal sealed record StudioGanDiscriminator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Number of classes; 0 in an unconditional network.</summary>
    internal required int Classes { get; init; }

    internal required DiscriminatorCondition Condition { get; init; }

    /// <summary>Of the first block.</summary>
    internal required int FirstChannels { get; init; }

    /// <summary>Whether its weights have a spectral norm; where not, its blocks have batch norms.</summary>
    internal required bool IsNormalised { get; init; }

    internal required AttentionPlaces Attention { get; init; }

    internal static StudioGanDiscriminator Of(PeerFile file)
    {
        bool isNormalised = file.Has("linear1.weight_orig");
        string weight = isNormalised ? "weight_orig" : "weight";
        if (file.Has($"blocks.0.0.conv2d3.{weight}") || file.Has("input_conv.bias"))
            throw new ArrayFileException(file.Path, "keys", "StudioGAN's own BigGAN-deep keeps 1x1 convolutions in its shortcuts, which no network here has");

        IReadOnlyList<int> blocks = file.Numbers("blocks.", $".0.conv2d1.{weight}");
        int resolution = BigGanWidths.Resolutions.FirstOrDefault(known => BigGanWidths.Discriminator(known, WidthTable.StudioGan).Length == blocks.Count);
        if (resolution == 0)
            throw new ArrayFileException(file.Path, "keys", $"there is no network here whose discriminator has {blocks.Count} blocks");
        (DiscriminatorCondition condition, int classes) = Head(file, weight);
        IReadOnlyList<Stage> stages = BigGanWidths.DownStages(resolution, BigGanWidths.Discriminator(resolution, WidthTable.StudioGan), 1);
        int[] behind = [.. file.Numbers("blocks.", ".0.sigma").Select(entry => blocks.Count(block => block < entry))];
        return new StudioGanDiscriminator
        {
            Resolution = resolution,
            Channels = file.Size($"blocks.0.0.conv2d1.{weight}", 1),
            Classes = classes,
            Condition = condition,
            FirstChannels = file.Size($"blocks.0.0.conv2d1.{weight}", 0),
            IsNormalised = isNormalised,
            Attention = AttentionPlaces.Of(resolution, stages, isDeep: false, behind),
        };
    }

    /// <summary>Refuses the settings of another network, and activations that ours do not have.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("D", "img_size", Resolution);
        settings.RequireOneOf("D", "d_act_fn", "ReLU");
        settings.RequireOneOf("D", "d_cond_mtd", "PD", "AC", "W/O");
    }

    // An embedding alone is a projection, a second linear map alone the auxiliary classifier; both are a contrastive head.
    private static (DiscriminatorCondition Condition, int Classes) Head(PeerFile file, string weight)
    {
        bool projects = file.Has($"embedding.{weight}"), classifies = file.Has($"linear2.{weight}");
        if ((projects && classifies) || file.Size($"linear1.{weight}", 0) != 1)
            throw new ArrayFileException(file.Path, "keys", "its head is neither a projection (PD) nor an auxiliary classifier (AC) nor unconditional; no network here has such a one");
        if (classifies)
            return (DiscriminatorCondition.Classifier, file.Size($"linear2.{weight}", 0));
        return (DiscriminatorCondition.Projection, projects ? file.Size($"embedding.{weight}", 0) : 0);
    }
}
