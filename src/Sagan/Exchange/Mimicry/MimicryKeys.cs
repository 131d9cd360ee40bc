using System.Globalization;
using System.Numerics;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Mimicry;

/// <summary>mimicry's names: its layers are numbered as sngan_projection's are, a generator's blocks from 2 on.</summary>
internal sealed class MimicryKeys
{
    private readonly Dictionary<string, string> _places;
    private readonly HashSet<string> _normalised;
    private readonly int _firstBlock;
    private readonly bool _isConditional, _headHasOwnNorm;

    private MimicryKeys(Module network, ModelConfig model)
    {
        // The last layers' number: 5 at 32 and 48, 6 at 64, 7 at 128.
        int resolution = network is Generator generator ? generator.Images.Resolution : ((Discriminator)network).Images.Resolution;
        int last = BitOperations.Log2((uint)resolution);
        _places = new Dictionary<string, string>
        {
            ["linear"] = "l1",
            ["norm"] = $"b{last}",
            ["conv"] = $"c{last}",
            ["head.linear"] = $"l{last}",
            ["head.embedding"] = "l_y",
        };
        _firstBlock = network is Generator ? 2 : 1;
        _normalised = TorchLayer.Normalised(network);
        _isConditional = model.Conditional;
        _headHasOwnNorm = (model as SnganConfig)?.Details.HeadSpectralNorm is not null;
    }

    internal static KeyTable Of(Module network, ModelConfig model) => KeyTable.Of(network, new MimicryKeys(network, model).Translate);

    private IEnumerable<KeyEntry> Translate(string ours, Parameter value)
    {
        string[] parts = ours.Split('.');
        int depth = parts[0] == "head" ? 2 : 1;
        string place = string.Join('.', [Place(string.Join('.', parts[..depth])), .. parts[depth..^1].Where(part => part != "statistics").Select(Inner)]);
        if (depth == 2 && _headHasOwnNorm)
            return OwnNorm(place, ours, value);

        // A conditional batch norm: torch's without gain and bias, and a table of both beside it.
        if (depth == 1 && _isConditional && parts[1].StartsWith("norm", StringComparison.Ordinal))
            return parts[^1] is "gain" or "bias" ? Table(place, ours, value) : TorchLayer.Entries($"{place}.bn", ours, value, isNormalised: false);
        return TorchLayer.Entries(place, ours, value, _normalised.Contains(string.Join('.', parts[..^1])));
    }

    private string Place(string ours)
    {
        if (_places.TryGetValue(ours, out string? theirs))
            return theirs;
        return ours.StartsWith("block", StringComparison.Ordinal)
            ? $"block{int.Parse(ours.AsSpan("block".Length), CultureInfo.InvariantCulture) + _firstBlock - 1}"
            : "attn_block";
    }

    private static IEnumerable<KeyEntry> Table(string place, string ours, Parameter value)
    {
        if (ours.EndsWith(".bias", StringComparison.Ordinal))
            return [];
        string bias = ours[..^"gain".Length] + "bias";
        return [new KeyEntry { Theirs = $"{place}.embed.weight", Shape = [value.Value.Size(0), 2 * value.Value.Size(1)], Ours = [ours, bias] }];
    }

    // The spectral norm that mimicry wrote itself.
    private static IEnumerable<KeyEntry> OwnNorm(string place, string ours, Parameter value)
    {
        string leaf = ours[(ours.LastIndexOf('.') + 1)..];
        return leaf switch
        {
            "v" => [],
            "u" =>
            [
                new KeyEntry { Theirs = $"{place}.sn_u", Shape = [1, value.Value.Count], Ours = [ours] },
                new KeyEntry { Theirs = $"{place}.sn_sigma", Shape = [1], Filler = HostArray.Of<float>([1f], 1) },
            ],
            _ => TorchLayer.Entries(place, ours, value, isNormalised: false),
        };
    }

    private static string Inner(string part) => part switch
    {
        "conv1" => "c1",
        "conv2" => "c2",
        "norm1" => "b1",
        "norm2" => "b2",
        "shortcut" => "c_sc",
        "query" => "theta",
        "key" => "phi",
        "value" => "g",
        "output" => "o",
        _ => part,
    };
}
