using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Mimicry;

/// <summary>What the shapes of a generator of mimicry tell.</summary>
internal sealed record MimicryGenerator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Number of classes; 0 in an unconditional network.</summary>
    internal required int Classes { get; init; }

    internal required int Width { get; init; }

    internal required int LatentSize { get; init; }

    internal required bool IsNormalised { get; init; }

    internal required bool HasAttention { get; init; }

    internal static MimicryGenerator Of(PeerFile file)
    {
        bool isNormalised = file.Has("l1.weight_orig");
        string weight = isNormalised ? "weight_orig" : "weight";
        int doublings = file.Numbers("block", $".c1.{weight}").Count;
        int first = file.Size($"block2.c1.{weight}", 1);
        int resolution = (int)Math.Sqrt(file.Size($"l1.{weight}", 0) / first) << doublings;
        if (!ResNetWidths.Resolutions.Contains(resolution))
            throw new ArrayFileException(file.Path, "keys", $"such a generator draws {resolution}x{resolution}; there are networks for {string.Join(", ", ResNetWidths.Resolutions)}");

        const string Table = "block2.b1.embed.weight";
        return new MimicryGenerator
        {
            Resolution = resolution,
            Channels = file.Has($"c{doublings + 2}.bias") ? file.Size($"c{doublings + 2}.bias", 0) : 3,
            Classes = file.Has(Table) ? file.Size(Table, 0) : 0,
            Width = first / ResNetWidths.Generator(resolution, ResNetSize.Full)[0],
            LatentSize = file.Size($"l1.{weight}", 1),
            IsNormalised = isNormalised,
            HasAttention = file.Has("attn_block.gamma"),
        };
    }
}
