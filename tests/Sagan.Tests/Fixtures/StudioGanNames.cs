using System.Globalization;

namespace Sagan.Tests.Fixtures;

/// <summary>PyTorch-StudioGAN's names: attention is an entry of the list of blocks.</summary>
/// <param name="attention">Our name of the network's attention layer.</param>
/// <param name="attentionEntry">Its number in the list of blocks; null for none.</param>
internal sealed class StudioGanNames(string attention = "", int? attentionEntry = null) : PeerNames
{
    internal override string[] Ours(string theirs)
    {
        string[] parts = theirs.Split('.');
        if (parts[^1] == "num_batches_tracked")
            return [];

        // blocks.2.0.rest: the third entry; each is a list of one.
        string[] block = parts[0] == "blocks" ? [Block(int.Parse(parts[1], CultureInfo.InvariantCulture))] : [];
        string[] inner = parts[0] == "blocks" ? parts[3..] : parts;
        string[] path = [.. block, .. inner[..^1].Where(part => part != "bn").Select(Place)];
        return [string.Join('.', [.. path, Leaf(inner[^1], path is ["norm"])])];
    }

    private string Block(int entry) =>
        entry == attentionEntry ? attention : $"block{entry + (entry > attentionEntry ? 0 : 1)}";

    private static string Place(string part) => part switch
    {
        "linear0" => "linear",
        "shared" => part,
        "linear1" => "head.linear",
        "linear2" => "head.classifier",
        "embedding" => "head.embedding",
        "bn1" or "bn2" => $"norm{part[2]}",
        "bn4" => "norm",
        "conv2d0" => "shortcut",
        "conv2d1" or "conv2d2" => $"conv{part[6]}",
        "conv2d5" => "conv",
        "conv1x1_theta" => "query",
        "conv1x1_phi" => "key",
        "conv1x1_g" => "value",
        "conv1x1_attn" => "output",
        "gain" or "bias" => part,
        _ => throw new ArgumentException($"'{part}' is not a part of StudioGAN's networks.", nameof(part)),
    };

    private static string Leaf(string last, bool ofNorm) => last switch
    {
        "weight" when ofNorm => "gain",
        "weight" or "weight_orig" => "weight",
        "weight_u" or "u" => "u",
        "weight_v" or "v" => "v",
        "running_mean" => "statistics.mean",
        "running_var" => "statistics.variance",
        "sigma" => "gamma",
        "bias" => last,
        _ => throw new ArgumentException($"'{last}' is not a value of StudioGAN's networks.", nameof(last)),
    };
}
