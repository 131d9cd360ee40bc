using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Chainer;

/// <summary>What the shapes of a generator of sngan_projection tell.</summary>
internal sealed record ChainerGenerator
{
    internal required int Resolution { get; init; }

    internal required int Channels { get; init; }

    /// <summary>Number of classes; 0 in an unconditional network.</summary>
    internal required int Classes { get; init; }

    internal required ResNetSize Size { get; init; }

    internal required int Width { get; init; }

    internal required int LatentSize { get; init; }

    internal static ChainerGenerator Of(PeerFile file)
    {
        int doublings = file.Numbers("block", "/c1/W").Count;
        int resolution = 4 << Math.Min(doublings, 10);
        if (doublings is < 3 or > 6)
            throw new ArrayFileException(file.Path, "keys", $"{doublings} doublings draw {resolution}x{resolution}; sngan_projection has generators for 32, 64, 128 and 256");

        string last = $"{ChainerKeys.LastConvolution(resolution)}/W";
        int first = file.Size("block2/c1/W", 1);
        int width = file.Size(last, 1);
        const string Table = "block2/b1/gammas/W";
        return new ChainerGenerator
        {
            Resolution = resolution,
            Channels = file.Size(last, 0),
            Classes = file.Has(Table) ? file.Size(Table, 0) : 0,
            Size = resolution == 128 && first == 8 * width ? ResNetSize.Small : ResNetSize.Full,
            Width = width,
            LatentSize = file.Size("l1/W", 1),
        };
    }
}
