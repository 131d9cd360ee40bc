using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Chainer;

/// <summary>What the shapes of a discriminator of sngan_projection tell.</summary>
internal sealed record ChainerDiscriminator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Number of classes; 0 in an unconditional network.</summary>
    internal required int Classes { get; init; }

    internal required ResNetSize Size { get; init; }

    internal required int Width { get; init; }

    internal required bool HasHeadBias { get; init; }

    /// <summary>Whether the class lies beside the 16x16 map, and not in a projection.</summary>
    internal required bool Concatenates { get; init; }

    internal static ChainerDiscriminator Of(PeerFile file)
    {
        int blocks = file.Numbers("block", "/c1/W").Count;
        if (blocks is < 4 or > 7)
            throw new ArrayFileException(file.Path, "keys", $"sngan_projection has no discriminator of {blocks} blocks; those for 32, 64, 128 and 256 have 4 to 7");

        int resolution = 1 << (blocks + 1);
        int width = file.Size("block1/c1/W", 0);
        const string Table = "l_y/W";
        return new ChainerDiscriminator
        {
            Resolution = resolution,
            Channels = file.Size("block1/c1/W", 1),
            Classes = file.Has(Table) ? file.Size(Table, 0) : 0,
            Size = resolution == 128 && file.Size($"block{blocks}/c2/W", 0) == 8 * width ? ResNetSize.Small : ResNetSize.Full,
            Width = width,
            HasHeadBias = file.Has($"l{blocks + 1}/b"),
            Concatenates = file.Size("block4/c1/W", 1) != file.Size("block3/c2/W", 0),
        };
    }
}
