using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Exchange.StudioGan;

/// <summary>PyTorch-StudioGAN's names: attention is an entry of the list of blocks.</summary>
internal sealed class StudioGanKeys
{
    private readonly Dictionary<string, string> _places = new()
    {
        ["shared"] = "shared",
        ["linear"] = "linear0",
        ["norm"] = "bn4",
        ["conv"] = "conv2d5",
        ["head.linear"] = "linear1",
        ["head.embedding"] = "embedding",
        ["head.classifier"] = "linear2",
    };

    private readonly HashSet<string> _normalised;
    private readonly bool _normsAreConditional;

    private StudioGanKeys(Module network, ModelConfig model)
    {
        string[] entries =
        [
            .. network.Children.Select(child => child.Name).Where(name => name.StartsWith("block", StringComparison.Ordinal) || name.StartsWith("attention", StringComparison.Ordinal)),
        ];
        for (int i = 0; i < entries.Length; i++)
            _places.Add(entries[i], $"blocks.{i}.0");
        _normalised = TorchLayer.Normalised(network);
        _normsAreConditional = network is Generator && model.Conditional;
    }

    internal static KeyTable Of(Module network, ModelConfig model) => KeyTable.Of(network, new StudioGanKeys(network, model).Translate);

    private IEnumerable<KeyEntry> Translate(OwnName ours, Parameter value)
    {
        string place = ours.Place(_places[ours.Part], Inner);
        if (ours.Leaf == "gamma")
            return [new KeyEntry { Theirs = $"{place}.sigma", Shape = [1], Ours = [ours.Whole] }];

        // A conditional batch norm has torch's inside, beside the linear maps.
        bool isInside = _normsAreConditional && ours.Inner is ["norm1" or "norm2", "statistics"];
        return TorchLayer.Entries(isInside ? $"{place}.bn" : place, ours, value, _normalised.Contains(ours.Layer));
    }

    private static string Inner(string part) => part switch
    {
        "norm" or "norm1" => "bn1",
        "norm2" => "bn2",
        "shortcutNorm" => "bn0",
        "shortcut" => "conv2d0",
        "conv1" => "conv2d1",
        "conv2" => "conv2d2",
        "query" => "conv1x1_theta",
        "key" => "conv1x1_phi",
        "value" => "conv1x1_g",
        "output" => "conv1x1_attn",
        _ => part,
    };
}
