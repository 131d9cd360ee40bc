namespace Sagan.Tests.Fixtures;

/// <summary>ajbrock/BigGAN-PyTorch's names of single layers, and those of heykeetae/Self-Attention-GAN, which look alike.</summary>
internal sealed class BigGanPyTorchNames : PeerNames
{
    internal override string[] Ours(string theirs)
    {
        string[] parts = theirs.Split('.');
        if (parts[^1] is "sv0" or "sigma" or "accumulation_counter")
            return [];
        return [string.Join('.', [.. parts[..^1].Where(part => part is not "bn" and not "module").Select(Place), Leaf(parts[^1])])];
    }

    private static string Place(string part) => part switch
    {
        "theta" or "query_conv" => "query",
        "phi" or "key_conv" => "key",
        "g" or "value_conv" => "value",
        "o" => "output",
        "embed" => "embedding",
        "gain" or "bias" or "linear" => part,
        _ => throw new ArgumentException($"'{part}' is not a part of these layers.", nameof(part)),
    };

    private static string Leaf(string last) => last switch
    {
        "weight_bar" => "weight",
        "u0" or "weight_u" => "u",
        "weight_v" => "v",
        "stored_mean" => "statistics.mean",
        "stored_var" => "statistics.variance",
        "weight" or "bias" or "gamma" or "u" or "v" => last,
        _ => throw new ArgumentException($"'{last}' is not a value of these layers.", nameof(last)),
    };
}
