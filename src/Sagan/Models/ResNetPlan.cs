using Sagan.Layers;

namespace Sagan.Models;

/// <summary>One block of a residual network.</summary>
/// <param name="Channels">Output channels.</param>
/// <param name="Resizes">Whether it doubles (generator) or halves (discriminator) the maps.</param>
internal readonly record struct Stage(int Channels, bool Resizes = true);

/// <summary>A residual network to build: what SNGAN, SAGAN and BigGAN decide, and what their common networks are built from.</summary>
internal sealed record ResNetPlan
{
    internal required ImageSpec Images { get; init; }

    internal required int LatentSize { get; init; }

    internal required bool IsConditional { get; init; }

    /// <summary>Channels of the generator's 4x4 map.</summary>
    internal int FirstChannels { get; init; }

    /// <summary>Size of the class embedding that all of the generator's batch norms share; null: each has tables of its own.</summary>
    internal int? SharedSize { get; init; }

    /// <summary>Where the latent vector enters the generator.</summary>
    internal LatentUse LatentUse { get; init; }

    /// <summary>Whether the blocks are the bottlenecks of BigGAN-deep.</summary>
    internal bool IsDeep { get; init; }

    /// <summary>Channels that the generator's last convolution draws, of which the picture shows the first; null: as many as the picture has.</summary>
    internal int? DrawnChannels { get; init; }

    /// <summary>Statistics by truncation of the generator's batch norms; null for none.</summary>
    internal TruncationTable? TruncationTable { get; init; }

    /// <summary>Channels of the convolution before the discriminator's first block; null for none.</summary>
    internal int? StemChannels { get; init; }

    internal required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>Resolutions after whose first block attention stands.</summary>
    internal IReadOnlyList<int> Attention { get; init; } = [];

    internal AttentionForm AttentionForm { get; init; }

    /// <summary>What such a layer is called; its resolution follows.</summary>
    internal string AttentionName => AttentionForm == AttentionForm.ResidualBlock ? "residual" : "attention";

    /// <summary>Spectral norm of all convolutions and linear maps; null for none.</summary>
    internal SpectralNorm? Spectral { get; init; }

    /// <summary>Whether the discriminator's blocks are as wide inside as at their output.</summary>
    internal bool WideBlocks { get; init; }

    /// <summary>How a class reaches the discriminator.</summary>
    internal DiscriminatorCondition DiscriminatorCondition { get; init; }

    /// <summary>The head that the discriminator ends in.</summary>
    internal HeadKind Head => Heads.Of(IsConditional, DiscriminatorCondition);

    /// <summary>Whether the discriminator's linear head has a bias.</summary>
    internal bool HeadBias { get; init; } = true;

    internal required BlockInitializers Initializers { get; init; }

    internal required ResNetDetails Details { get; init; }

    /// <summary>Makes the batch norms of the discriminator's blocks; null: they have none.</summary>
    internal Func<int, BatchNorm>? DiscriminatorNorm => Details.DiscriminatorBatchNorm
        ? channels => new BatchNorm(channels, Details.BatchNormMomentum, Details.BatchNormEpsilon)
        : null;

    internal int Classes => IsConditional ? Images.Classes : 0;

    /// <summary>The planes of the class before the discriminator's block that reads a map, or null.</summary>
    /// <param name="resolution">Of the map.</param>
    /// <param name="formerResolution">Of the map before; 0 at the picture itself.</param>
    internal ClassPlanes? PlanesBefore(int resolution, int formerResolution) => IsConditional
        ? Concatenation.Before(resolution, formerResolution, DiscriminatorCondition, Classes, Initializers.Shortcut, Spectral)
        : null;

    /// <summary>The attention layer for maps of a resolution, or what stands in its place; null where none is wanted.</summary>
    internal Layer? AttentionAt(int resolution, int channels) => Attention.Contains(resolution) ? AttentionOf(channels) : null;

    /// <summary>An attention layer, or what stands in its place.</summary>
    internal Layer AttentionOf(int channels) => AttentionForm == AttentionForm.ResidualBlock
        ? new BottleneckBlock(channels, Initializers.Shortcut, Spectral)
        : new SelfAttention(channels, Initializers.Shortcut, Spectral, AttentionForm);

    /// <summary>Refuses attention that has no place, before any tensor is made: a half-built network would have no owner.</summary>
    /// <param name="setting">The setting that asks for the attention.</param>
    /// <param name="maps">Resolution and channels of the map behind each block.</param>
    /// <exception cref="ConfigException">Names the setting and the resolutions there are.</exception>
    internal void RequirePlaceForAttention(string setting, IReadOnlyList<(int Resolution, int Channels)> maps)
    {
        foreach (int wanted in Attention)
        {
            int[] channels = [.. maps.Where(map => map.Resolution == wanted).Select(map => map.Channels).Take(1)];
            if (channels is [])
                throw new ConfigException(setting, $"there is no {wanted}x{wanted} map here; this network has {string.Join(", ", maps.Select(map => map.Resolution).Distinct())}");
            RequireChannels(setting, wanted, channels[0]);
        }
    }

    /// <summary>Refuses attention behind blocks that are not there, as <see cref="RequirePlaceForAttention"/> does by resolution.</summary>
    /// <param name="blocks">Numbers of blocks, the first being 1.</param>
    /// <param name="maps">Resolution and channels of the map behind each block.</param>
    /// <exception cref="ConfigException">Names the setting and the blocks there are.</exception>
    internal static void RequirePlaceBehindBlocks(IReadOnlyList<int> blocks, IReadOnlyList<(int Resolution, int Channels)> maps)
    {
        const string Setting = "model.details.attentionBehindBlocks";
        foreach (int block in blocks)
        {
            if (block < 1 || block > maps.Count)
                throw new ConfigException(Setting, $"there is no block {block}; this discriminator has blocks 1 to {maps.Count}");
            RequireChannels(Setting, maps[block - 1].Resolution, maps[block - 1].Channels);
        }
    }

    private static void RequireChannels(string setting, int resolution, int channels)
    {
        if (channels < SelfAttention.FewestChannels)
            throw new ConfigException(setting, $"the {resolution}x{resolution} map has {channels} channels and attention needs {SelfAttention.FewestChannels}; make the network wider");
    }
}
