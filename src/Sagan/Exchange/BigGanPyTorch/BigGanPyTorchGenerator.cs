using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.BigGanPyTorch;

/// <summary>What the shapes of a generator of BigGAN-PyTorch tell.</summary>
internal sealed record BigGanPyTorchGenerator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    internal required int Classes { get; init; }

    internal required int Width { get; init; }

    internal required int LatentSize { get; init; }

    internal required int? SharedSize { get; init; }

    internal required bool HasHierarchicalLatents { get; init; }

    internal required bool IsDeep { get; init; }

    internal required bool IsNormalised { get; init; }

    /// <summary>Resolutions of the maps behind which attention stands.</summary>
    internal required IReadOnlyList<int> Attention { get; init; }

    internal static BigGanPyTorchGenerator Of(PeerFile file)
    {
        bool isDeep = file.Has("blocks.0.0.conv3.weight");
        int blocksADoubling = isDeep ? 2 : 1;
        int doublings = file.Numbers("blocks.", ".0.conv1.weight").Count / blocksADoubling;
        int resolution = 4 << doublings;
        if (!BigGanWidths.Resolutions.Contains(resolution))
            throw new ArrayFileException(file.Path, "keys", $"{doublings} doublings draw {resolution}x{resolution}; there are networks for {string.Join(", ", BigGanWidths.Resolutions)}");

        int? shared = file.Has("shared.weight") ? file.Size("shared.weight", 1) : null;
        int first = file.Size("linear.weight", 1);
        bool isHierarchical = !isDeep && shared is not null && file.Size("blocks.0.0.bn1.gain.weight", 1) == shared + first;
        return new BigGanPyTorchGenerator
        {
            Resolution = resolution,
            Channels = file.Size("output_layer.2.weight", 0),
            Classes = file.Size(shared is null ? "blocks.0.0.bn1.gain.weight" : "shared.weight", 0),
            Width = file.Size("linear.weight", 0) / (16 * BigGanWidths.Generator(resolution, WidthTable.Authors)[0]),
            LatentSize = isDeep ? first - (shared ?? 0) : isHierarchical ? first * (doublings + 1) : first,
            SharedSize = shared,
            HasHierarchicalLatents = isHierarchical,
            IsDeep = isDeep,
            IsNormalised = file.Has("linear.u0"),
            Attention = [.. file.Numbers("blocks.", ".1.theta.weight").Select(entry => 8 << (entry / blocksADoubling))],
        };
    }

    /// <summary>Refuses the settings of another network, and activations that ours do not have.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("G", "resolution", Resolution);
        settings.Confirm("G", "n_classes", Classes);
        settings.Confirm("G", "G_ch", Width);
        settings.RequireOneOf("G", "G_nl", "relu", "inplace_relu");
        settings.RequireOneOf("G", "norm_style", "bn");
    }
}
