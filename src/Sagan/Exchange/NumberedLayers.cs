using System.Globalization;
using System.Numerics;
using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Exchange;

/// <summary>sngan_projection's names of layers, and mimicry's, which follow them: numbered through, a generator's blocks from 2 on.</summary>
internal sealed class NumberedLayers
{
    private readonly int _firstBlock, _last;

    internal NumberedLayers(Module network)
    {
        _firstBlock = network is Generator ? 2 : 1;
        _last = Last(network is Generator generator ? generator.Images.Resolution : ((Discriminator)network).Images.Resolution);
    }

    /// <summary>The number of the last layers: 5 at 32 and 48, 6 at 64, 7 at 128, 8 at 256.</summary>
    internal static int Last(int resolution) => BitOperations.Log2((uint)resolution);

    /// <summary>What a part of ours is called.</summary>
    internal string Place(string part) => part switch
    {
        "linear" => "l1",
        "norm" => $"b{_last}",
        "conv" => $"c{_last}",
        "head.linear" => $"l{_last}",
        "head.embedding" or "planes.embedding" => "l_y",
        _ => $"block{int.Parse(part.AsSpan("block".Length), CultureInfo.InvariantCulture) + _firstBlock - 1}",
    };

    /// <summary>What is called so inside a block.</summary>
    internal static string Inner(string part) => part switch
    {
        "conv1" => "c1",
        "conv2" => "c2",
        "norm1" => "b1",
        "norm2" => "b2",
        "shortcut" => "c_sc",
        _ => part,
    };
}
