using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.StudioGan;

/// <summary>What the shapes of a generator of StudioGAN tell.</summary>
internal sealed record StudioGanGenerator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Number of classes; 0 in an unconditional network.</summary>
    internal required int Classes { get; init; }

    /// <summary>Of the 4x4 map.</summary>
    internal required int FirstChannels { get; init; }

    internal required int LatentSize { get; init; }

    /// <summary>Size of the shared embedding of its BigGAN; null in its other networks.</summary>
    internal required int? SharedSize { get; init; }

    internal required bool IsNormalised { get; init; }

    /// <summary>Resolutions of the maps behind which attention stands.</summary>
    internal required IReadOnlyList<int> Attention { get; init; }

    internal static StudioGanGenerator Of(PeerFile file)
    {
        bool isNormalised = file.Has("linear0.weight_orig");
        string weight = isNormalised ? "weight_orig" : "weight";
        if (file.Has($"blocks.0.0.conv2d3.{weight}"))
            throw new ArrayFileException(file.Path, "keys", "StudioGAN's own BigGAN-deep keeps 1x1 convolutions in its shortcuts, which no network here has");

        IReadOnlyList<int> blocks = file.Numbers("blocks.", $".0.conv2d1.{weight}");
        IReadOnlyList<int> attention = file.Numbers("blocks.", ".0.sigma");
        int resolution = 4 << blocks.Count;
        if (!BigGanWidths.Resolutions.Contains(resolution))
            throw new ArrayFileException(file.Path, "keys", $"{blocks.Count} doublings draw {resolution}x{resolution}; there are networks for {string.Join(", ", BigGanWidths.Resolutions)}");

        int? shared = file.Has("shared.weight") ? file.Size("shared.weight", 1) : null;
        int first = file.Size($"linear0.{weight}", 1);
        string gain = $"blocks.0.0.bn1.gain.{weight}";
        return new StudioGanGenerator
        {
            Resolution = resolution,
            Channels = file.Size("conv2d5.bias", 0),
            Classes = shared is not null ? file.Size("shared.weight", 0) : file.Has(gain) ? file.Size(gain, 1) : 0,
            FirstChannels = file.Size($"linear0.{weight}", 0) / 16,
            LatentSize = shared is null ? first : first * (blocks.Count + 1),
            SharedSize = shared,
            IsNormalised = isNormalised,
            Attention = [.. attention.Select(entry => 4 << blocks.Count(block => block < entry))],
        };
    }

    /// <summary>Refuses the settings of another network, and activations that ours do not have.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("G", "img_size", Resolution);
        settings.Confirm("G", "z_dim", LatentSize);
        settings.RequireOneOf("G", "g_act_fn", "ReLU");
    }
}
