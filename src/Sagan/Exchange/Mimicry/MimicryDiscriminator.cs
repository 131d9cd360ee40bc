using Sagan.Tensors.Files;

namespace Sagan.Exchange.Mimicry;

/// <summary>What the shapes of a discriminator of mimicry tell.</summary>
internal sealed record MimicryDiscriminator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Number of classes; 0 in an unconditional network.</summary>
    internal required int Classes { get; init; }

    internal required int Width { get; init; }

    internal required bool HasAttention { get; init; }

    /// <summary>Whether the head has mimicry's own spectral norm, where the other layers have torch's.</summary>
    internal required bool HeadHasOwnNorm { get; init; }

    internal static MimicryDiscriminator Of(PeerFile file)
    {
        const string First = "block1.c1.weight_orig";
        if (!file.Has(First))
            throw new ArrayFileException(file.Path, "keys", "this discriminator has no spectral norm: mimicry's DCGAN and WGAN-GP are not imported; import the generator alone");

        // Five blocks are of 48 or of 64; the number of the head tells.
        int blocks = file.Numbers("block", ".c1.weight_orig").Count;
        int resolution = blocks switch
        {
            4 => 32,
            5 => file.Has("l6.bias") ? 64 : 48,
            6 => 128,
            _ => throw new ArrayFileException(file.Path, "keys", $"mimicry has no discriminator of {blocks} blocks"),
        };
        bool headHasOwnNorm = file.Names.Any(name => name.EndsWith(".sn_u", StringComparison.Ordinal));
        string classes = headHasOwnNorm ? "l_y.weight" : "l_y.weight_orig";
        return new MimicryDiscriminator
        {
            Resolution = resolution,
            Channels = file.Size(First, 1),
            Classes = file.Has(classes) ? file.Size(classes, 0) : 0,
            Width = file.Size(First, 0),
            HasAttention = file.Has("attn_block.gamma"),
            HeadHasOwnNorm = headHasOwnNorm,
        };
    }
}
