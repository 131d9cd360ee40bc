using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Exchange.Heykeetae;

/// <summary>Self-Attention-GAN's names: each layer is a list of its convolution, its norm and its activation.</summary>
internal sealed class HeykeetaeKeys
{
    private readonly Dictionary<string, string> _places = [];
    private readonly HashSet<string> _normalised;
    private readonly int _lastKernel;

    private HeykeetaeKeys(Module network)
    {
        bool draws = network is Generator;
        _normalised = TorchLayer.Normalised(network);
        _lastKernel = network is Discriminator discriminator ? discriminator.Images.Resolution / HeykeetaePeer.Reduction : 0;
        if (!draws)
            _places.Add("head.linear", "last.0");

        // A generator's first layer is its stem; its last convolution is none of its layers.
        int layers = 0, attentions = 0;
        foreach (string name in network.Children.Select(child => child.Name))
        {
            if (name == "stem" || name.StartsWith(draws ? "deconv" : "conv", StringComparison.Ordinal))
                _places.Add(name, ++layers > 4 ? "last.0" : $"l{layers}.0");
            else if (name.StartsWith("attention", StringComparison.Ordinal))
                _places.Add(name, $"attn{++attentions}");
            else if (name != "head")
                _places.Add(name, $"l{layers}.1");
        }
    }

    internal static KeyTable Of(Module network) => KeyTable.Of(network, new HeykeetaeKeys(network).Translate);

    // The last convolution of a discriminator covers the whole map: our linear map, folded.
    private IEnumerable<KeyEntry> Translate(OwnName ours, Parameter value)
    {
        bool isNormalised = _normalised.Contains(ours.Layer);
        string place = ours.Place(_places[ours.Part], Inner);
        return (isNormalised, ours.Whole) switch
        {
            (true, _) when ours.Leaf == "weight" => [Entry($"{place}.module.weight_bar", value.Value.Shape.ToArray())],
            (_, "head.linear.weight") => [Entry($"{place}.weight", [1, value.Value.Size(1) / (_lastKernel * _lastKernel), _lastKernel, _lastKernel])],
            _ when ours.Leaf == "gamma" => [Entry($"{place}.gamma", [1])],
            _ => TorchLayer.Entries(isNormalised ? $"{place}.module" : place, ours, value, isNormalised),
        };

        KeyEntry Entry(string theirs, long[] shape) => new() { Theirs = theirs, Shape = shape, Ours = [ours.Whole] };
    }

    private static string Inner(string part) => part switch
    {
        "query" => "query_conv",
        "key" => "key_conv",
        "value" => "value_conv",
        _ => part,
    };
}
