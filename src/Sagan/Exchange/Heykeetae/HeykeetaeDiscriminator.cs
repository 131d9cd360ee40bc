namespace Sagan.Exchange.Heykeetae;

/// <summary>What the shapes of a discriminator of Self-Attention-GAN tell.</summary>
internal sealed record HeykeetaeDiscriminator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    internal required int Width { get; init; }

    internal required bool IsNormalised { get; init; }

    internal static HeykeetaeDiscriminator Of(PeerFile file)
    {
        HeykeetaePeer.RequireFourthLayer(file);
        bool isNormalised = HeykeetaePeer.IsNormalised(file);
        string first = HeykeetaePeer.Weight("l1.0", isNormalised);
        return new HeykeetaeDiscriminator
        {
            Resolution = HeykeetaePeer.Reduction * file.Size("last.0.weight", 2),
            Channels = file.Size(first, 1),
            Width = file.Size(first, 0),
            IsNormalised = isNormalised,
        };
    }

    /// <summary>Refuses the settings of another network.</summary>
    internal void Confirm(PeerSettings settings)
    {
        settings.Confirm("D", "imsize", Resolution);
        settings.Confirm("D", "d_conv_dim", Width);
    }
}
