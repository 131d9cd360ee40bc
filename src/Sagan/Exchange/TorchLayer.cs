using Sagan.Layers;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>How torch's own layers call their values: torch.nn, and torch.nn.utils.spectral_norm around it.</summary>
internal static class TorchLayer
{
    /// <summary>The entries of one value of ours.</summary>
    /// <param name="place">Their name of the layer.</param>
    /// <param name="ours">Our name of the value.</param>
    /// <param name="value">Ours.</param>
    /// <param name="isNormalised">Whether the layer's weight has a spectral norm.</param>
    internal static IEnumerable<KeyEntry> Entries(string place, OwnName ours, Parameter value, bool isNormalised)
    {
        string theirs = ours.Leaf switch
        {
            "weight" => isNormalised ? "weight_orig" : "weight",
            "u" => "weight_u",
            "v" => "weight_v",
            "gain" => "weight",
            "mean" => "running_mean",
            "variance" => "running_var",
            _ => ours.Leaf,
        };
        yield return new KeyEntry { Theirs = $"{place}.{theirs}", Shape = value.Value.Shape.ToArray(), Ours = [ours.Whole] };
        if (ours.Leaf == "mean")
            yield return new KeyEntry { Theirs = $"{place}.num_batches_tracked", Shape = [], Filler = HostArray.Of<long>([0L]) };
    }

    /// <summary>The layers of a network whose weight has a spectral norm, by our names.</summary>
    internal static HashSet<string> Normalised(Module network) => [.. network.NormalizedWeights().Select(entry => entry.Layer)];
}
