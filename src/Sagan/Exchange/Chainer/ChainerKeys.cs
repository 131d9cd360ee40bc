using System.Globalization;
using System.Numerics;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Chainer;

/// <summary>sngan_projection's names: layers are numbered through, a generator's blocks from 2 on; Chainer calls weights W and b.</summary>
internal sealed class ChainerKeys
{
    private readonly Dictionary<string, string> _places;
    private readonly int _firstBlock;

    private ChainerKeys(Module network)
    {
        int resolution = network is Generator generator ? generator.Images.Resolution : ((Discriminator)network).Images.Resolution;
        int last = Last(resolution);
        _places = new Dictionary<string, string>
        {
            ["linear"] = "l1",
            ["norm"] = $"b{last}",
            ["conv"] = LastConvolution(resolution),
            ["head.linear"] = $"l{last}",
            ["head.embedding"] = "l_y",
            ["planes.embedding"] = "l_y",
        };
        _firstBlock = network is Generator ? 2 : 1;
    }

    /// <summary>The convolution that draws: at 32 it is called as one, elsewhere as if it were a linear map.</summary>
    internal static string LastConvolution(int resolution) => resolution == 32 ? "c5" : $"l{Last(resolution)}";

    internal static KeyTable Of(Module network) => KeyTable.Of(network, new ChainerKeys(network).Translate);

    private IEnumerable<KeyEntry> Translate(string ours, Parameter value)
    {
        string[] parts = ours.Split('.');
        int depth = parts[0] is "head" or "planes" ? 2 : 1;
        string place = string.Join('/', [Place(string.Join('.', parts[..depth])), .. parts[depth..^1].Where(part => part != "statistics").Select(Inner)]);
        bool isTable = value.Value.Rank == 2;
        bool isNorm = parts[^2].StartsWith("norm", StringComparison.Ordinal);
        string? theirs = parts[^1] switch
        {
            "weight" => "W",
            "gain" => isTable ? "gammas/W" : "gamma",
            "bias" when isNorm => isTable ? "betas/W" : "beta",
            "bias" => "b",
            "mean" => "avg_mean",
            "variance" => "avg_var",
            "u" => "u",
            _ => null,
        };
        if (theirs is null)
            yield break;

        long[] shape = theirs == "u" ? [1, value.Value.Count] : value.Value.Shape.ToArray();
        yield return new KeyEntry { Theirs = $"{place}/{theirs}", Shape = shape, Ours = [ours] };
        if (theirs == "avg_mean")
            yield return new KeyEntry { Theirs = $"{place}/N", Shape = [], Filler = HostArray.Of<long>([0L]) };
    }

    private string Place(string ours) => _places.TryGetValue(ours, out string? theirs)
        ? theirs
        : $"block{int.Parse(ours.AsSpan("block".Length), CultureInfo.InvariantCulture) + _firstBlock - 1}";

    // 5 at 32, 6 at 64, 7 at 128, 8 at 256.
    private static int Last(int resolution) => BitOperations.Log2((uint)resolution);

    private static string Inner(string part) => part switch
    {
        "conv1" => "c1",
        "conv2" => "c2",
        "norm1" => "b1",
        "norm2" => "b2",
        "shortcut" => "c_sc",
        _ => part,
    };
}
