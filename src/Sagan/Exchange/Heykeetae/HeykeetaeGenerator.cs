namespace Sagan.Exchange.Heykeetae;

/// <summary>What the shapes of a generator of Self-Attention-GAN tell.</summary>
internal sealed record HeykeetaeGenerator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    internal required int Width { get; init; }

    internal required int LatentSize { get; init; }

    internal required bool IsNormalised { get; init; }

    internal static HeykeetaeGenerator Of(PeerFile file)
    {
        HeykeetaePeer.RequireFourthLayer(file);
        bool isNormalised = HeykeetaePeer.IsNormalised(file);
        string first = HeykeetaePeer.Weight("l1.0", isNormalised);
        return new HeykeetaeGenerator
        {
            Resolution = HeykeetaePeer.Reduction * file.Size(first, 2),
            Channels = file.Size("last.0.weight", 1),
            Width = file.Size("last.0.weight", 0),
            LatentSize = file.Size(first, 0),
            IsNormalised = isNormalised,
        };
    }

    /// <summary>Refuses the settings of another network.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("G", "imsize", Resolution);
        settings.Confirm("G", "z_dim", LatentSize);
        settings.Confirm("G", "g_conv_dim", Width);
    }
}
