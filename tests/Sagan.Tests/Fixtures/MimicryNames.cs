using System.Globalization;

namespace Sagan.Tests.Fixtures;

/// <summary>kwotsin/mimicry's names, and those of torch.nn.utils.spectral_norm.</summary>
/// <param name="attention">Our name of the network's attention layer.</param>
/// <param name="firstBlock">mimicry's number of the first block: 2 in generators.</param>
internal sealed class MimicryNames(string attention = "", int firstBlock = 1) : PeerNames
{
    internal override string[] Ours(string theirs)
    {
        string[] parts = theirs.Split('.');
        string last = parts[^1];
        if (last is "num_batches_tracked" or "sn_sigma" or "sigma")
            return [];

        string[] path = [.. parts[..^1].Where(part => part is not "bn" and not "embed").Select(Place).Where(part => part.Length > 0)];
        string[] leaves = parts.Length > 1 && parts[^2] == "embed" ? ["gain", "bias"] : [Leaf(last, path is [.., "norm" or "norm1" or "norm2"])];
        return [.. leaves.Select(leaf => string.Join('.', [.. path, leaf]))];
    }

    private string Place(string part) => part switch
    {
        "l1" => "linear",
        "l5" or "l6" or "l7" => "head.linear",
        "l_y" => "head.embedding",
        "b5" or "b6" or "b7" => "norm",
        "c5" or "c6" or "c7" => "conv",
        "c1" or "c2" => $"conv{part[1]}",
        "b1" or "b2" => $"norm{part[1]}",
        "c_sc" => "shortcut",
        "attn_block" => attention,
        "theta" => "query",
        "phi" => "key",
        "g" => "value",
        "o" => "output",
        _ when part.StartsWith("block", StringComparison.Ordinal) =>
            $"block{int.Parse(part.AsSpan(5), CultureInfo.InvariantCulture) - firstBlock + 1}",
        _ => throw new ArgumentException($"'{part}' is not a part of mimicry's networks.", nameof(part)),
    };

    private static string Leaf(string last, bool ofNorm) => last switch
    {
        "weight" when ofNorm => "gain",
        "weight" or "weight_orig" => "weight",
        "weight_u" or "sn_u" or "u" => "u",
        "weight_v" or "v" => "v",
        "running_mean" => "statistics.mean",
        "running_var" => "statistics.variance",
        "bias" or "gamma" => last,
        _ => throw new ArgumentException($"'{last}' is not a value of mimicry's networks.", nameof(last)),
    };
}
