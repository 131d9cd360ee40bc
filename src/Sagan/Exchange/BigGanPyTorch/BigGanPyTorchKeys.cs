using System.Globalization;
using Sagan.Layers;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.BigGanPyTorch;

/// <summary>BigGAN-PyTorch's names, in their plainest form (no <c>--mybn</c>, no <c>--cross_replica</c>, one singular value).</summary>
internal sealed class BigGanPyTorchKeys
{
    private readonly Dictionary<string, string> _places = new()
    {
        ["shared"] = "shared",
        ["linear"] = "linear",
        ["norm"] = "output_layer.0",
        ["conv"] = "output_layer.2",
        ["stem"] = "input_conv",
        ["head.linear"] = "linear",
        ["head.embedding"] = "embed",
    };

    private BigGanPyTorchKeys(Module network, int blocksAnEntry)
    {
        // Attention belongs to the entry of the block before it, as its last part.
        int block = -1;
        foreach (string name in network.Children.Select(child => child.Name))
        {
            if (name.StartsWith("block", StringComparison.Ordinal))
                block = int.Parse(name.AsSpan("block".Length), CultureInfo.InvariantCulture) - 1;
            else if (!name.StartsWith("attention", StringComparison.Ordinal))
                continue;
            int part = name.StartsWith("block", StringComparison.Ordinal) ? block % blocksAnEntry : blocksAnEntry;
            _places.Add(name, $"blocks.{block / blocksAnEntry}.{part}");
        }
    }

    internal static KeyTable Of(Module network, bool isDeep)
    {
        // In BigGAN-deep's discriminator an entry is a pair of blocks; in its generator each block is one.
        var keys = new BigGanPyTorchKeys(network, blocksAnEntry: isDeep && network is Models.Discriminator ? 2 : 1);
        return KeyTable.Of(network, keys.Translate);
    }

    private IEnumerable<KeyEntry> Translate(OwnName ours, Parameter value)
    {
        string place = ours.Place(_places[ours.Part], Inner);
        bool isTable = value.Value.Rank == 2 && ours.Leaf is "gain" or "bias";
        string? theirs = ours.Leaf switch
        {
            "u" => "u0",
            "v" => null,
            "mean" => "stored_mean",
            "variance" => "stored_var",
            string leaf => isTable ? leaf + ".weight" : leaf,
        };
        if (theirs is null)
            yield break;

        yield return new KeyEntry
        {
            Theirs = $"{place}.{theirs}",
            Shape = [.. theirs == "u0" ? [1, value.Value.Count] : value.Value.Shape.ToArray()],
            Ours = [ours.Whole],
            Offset = isTable && ours.Leaf == "gain" ? 1 : 0,
        };
        if (theirs == "u0")
            yield return new KeyEntry { Theirs = $"{place}.sv0", Shape = [1], Filler = HostArray.Of<float>([1f], 1) };
    }

    private static string Inner(string part) => part switch
    {
        "shortcut" => "conv_sc",
        "query" => "theta",
        "key" => "phi",
        "value" => "g",
        "output" => "o",
        _ when part.StartsWith("norm", StringComparison.Ordinal) => "bn" + part["norm".Length..],
        _ => part,
    };
}
