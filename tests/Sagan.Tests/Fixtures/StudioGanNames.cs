namespace Sagan.Tests.Fixtures;

/// <summary>PyTorch-StudioGAN's names of single layers.</summary>
internal sealed class StudioGanNames : PeerNames
{
    internal override string[] Ours(string theirs)
    {
        string[] parts = theirs.Split('.');
        if (parts[^1] == "num_batches_tracked")
            return [];
        return [string.Join('.', [.. parts[..^1].Where(part => part != "bn"), Leaf(parts[^1])])];
    }

    private static string Leaf(string last) => last switch
    {
        "weight" or "weight_orig" => "weight",
        "weight_u" or "u" => "u",
        "weight_v" or "v" => "v",
        "running_mean" => "statistics.mean",
        "running_var" => "statistics.variance",
        "bias" => last,
        _ => throw new ArgumentException($"'{last}' is not a value of StudioGAN's layers.", nameof(last)),
    };
}
