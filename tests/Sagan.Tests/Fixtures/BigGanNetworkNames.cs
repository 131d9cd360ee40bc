using System.Globalization;

namespace Sagan.Tests.Fixtures;

/// <summary>ajbrock/BigGAN-PyTorch's names of whole networks.</summary>
/// <param name="head">Our name of what they call linear: <c>linear</c> in generators, <c>head.linear</c> in discriminators.</param>
/// <param name="attention">Our name of the attention layer in an entry of the list of blocks.</param>
/// <param name="blocksAnEntry">2 in BigGAN-deep's discriminator, whose entries hold a pair of blocks.</param>
/// <param name="tables">Whether batch norms have class tables: then theirs of gains holds what is above 1.</param>
internal sealed class BigGanNetworkNames(string head, Func<int, string> attention, int blocksAnEntry = 1, bool tables = false) : PeerNames
{
    internal override string[] Ours(string theirs)
    {
        string[] parts = theirs.Split('.');

        // Estimates for logs, and the vectors of singular values behind the first, which nothing is divided by.
        if (parts[^1] is "sv0" or "sv1" or "u1" or "accumulation_counter")
            return [];

        (string place, string[] rest) = parts[0] switch
        {
            "blocks" => (Block(parts), parts[3..]),
            "output_layer" => (parts[1] == "0" ? "norm" : "conv", parts[2..]),
            _ => (Part(parts[0]), parts[1..]),
        };
        string[] path = [place, .. rest[..^1].Where(part => part != "bn").Select(Inner)];
        return [string.Join('.', IsTable(path) ? path : [.. path, Leaf(rest[^1])])];
    }

    internal override double Offset(string ours) => IsTable(ours.Split('.')) && ours.EndsWith(".gain", StringComparison.Ordinal) ? 1 : 0;

    private bool IsTable(string[] path) => tables && path is [_, "norm1" or "norm2", "gain" or "bias"];

    private string Block(string[] parts)
    {
        int entry = int.Parse(parts[1], CultureInfo.InvariantCulture);
        bool isAttention = parts[3] is "theta" or "phi" or "g" or "o" or "gamma";
        return isAttention ? attention(entry) : $"block{(entry * blocksAnEntry) + int.Parse(parts[2], CultureInfo.InvariantCulture) + 1}";
    }

    private string Part(string first) => first switch
    {
        "shared" => "shared",
        "linear" => head,
        "embed" => "head.embedding",
        "input_conv" => "stem",
        _ => throw new ArgumentException($"'{first}' is not a part of BigGAN-PyTorch's networks.", nameof(first)),
    };

    private static string Inner(string part) => part switch
    {
        "theta" => "query",
        "phi" => "key",
        "g" => "value",
        "o" => "output",
        "bn1" or "bn2" or "bn3" or "bn4" => $"norm{part[2]}",
        "conv_sc" => "shortcut",
        "conv1" or "conv2" or "conv3" or "conv4" or "gain" or "bias" => part,
        _ => throw new ArgumentException($"'{part}' is not a part of BigGAN-PyTorch's blocks.", nameof(part)),
    };

    private static string Leaf(string last) => last switch
    {
        "u0" => "u",
        "stored_mean" => "statistics.mean",
        "stored_var" => "statistics.variance",
        "weight" or "bias" or "gain" or "gamma" => last,
        _ => throw new ArgumentException($"'{last}' is not a value of BigGAN-PyTorch's networks.", nameof(last)),
    };
}
