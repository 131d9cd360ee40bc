namespace Sagan.Tests.Fixtures;

/// <summary>kwotsin/mimicry's names of single layers, and those of torch.nn.utils.spectral_norm.</summary>
internal sealed class MimicryNames : PeerNames
{
    internal override string[] Ours(string theirs)
    {
        string[] parts = theirs.Split('.');
        string last = parts[^1];
        if (last is "num_batches_tracked" or "sn_sigma" or "sigma")
            return [];

        string[] path = [.. parts[..^1].Where(part => part is not "bn" and not "embed").Select(Place)];
        string[] leaves = parts.Length > 1 && parts[^2] == "embed" ? ["gain", "bias"] : [Leaf(last)];
        return [.. leaves.Select(leaf => string.Join('.', [.. path, leaf]))];
    }

    private static string Place(string part) => part switch
    {
        "l5" => "head.linear",
        "l_y" => "head.embedding",
        "theta" => "query",
        "phi" => "key",
        "g" => "value",
        "o" => "output",
        _ => throw new ArgumentException($"'{part}' is not a part of mimicry's layers.", nameof(part)),
    };

    private static string Leaf(string last) => last switch
    {
        "weight" or "weight_orig" => "weight",
        "weight_u" or "sn_u" or "u" => "u",
        "weight_v" or "v" => "v",
        "running_mean" => "statistics.mean",
        "running_var" => "statistics.variance",
        "bias" or "gamma" => last,
        _ => throw new ArgumentException($"'{last}' is not a value of mimicry's layers.", nameof(last)),
    };
}
