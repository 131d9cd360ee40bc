using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Exchange.HuggingFace;

/// <summary>pytorch-pretrained-BigGAN's names and its order of numbers.</summary>
/// <remarks>
/// All that reads latents and class reads the latents first; the 4x4 map is made position after position, as in TensorFlow;
/// the class embedding is a linear map of a one-hot vector, our table on its side.
/// </remarks>
internal sealed class HuggingFaceKeys
{
    private const int FirstPositions = 4 * 4;

    private readonly Dictionary<string, string> _places = new()
    {
        ["shared"] = "embeddings",
        ["linear"] = "generator.gen_z",
        ["norm"] = "generator.bn",
        ["conv"] = "generator.conv_to_rgb",
    };

    private readonly Arrangement _latentsFirst;
    private readonly HashSet<string> _normalised;

    private HuggingFaceKeys(Generator network)
    {
        // Blocks and attention are numbered together.
        foreach ((int number, string name) in network.Children.Select(child => child.Name).Where(name => !_places.ContainsKey(name)).Index())
            _places.Add(name, $"generator.layers.{number}");
        _latentsFirst = Arrangement.LatentsFirst(network.LatentSize);
        _normalised = TorchLayer.Normalised(network);
    }

    internal static KeyTable Of(Generator network) => KeyTable.Of(network, new HuggingFaceKeys(network).Translate);

    private IEnumerable<KeyEntry> Translate(OwnName ours, Parameter value)
    {
        string place = ours.Place(_places[ours.Part], Inner);
        if (ours.Layer == "shared")
            return [new KeyEntry { Theirs = $"{place}.weight", Shape = [value.Value.Size(1), value.Value.Size(0)], Ours = [ours.Whole], Arrangement = Arrangement.Transposed }];
        return ours.Leaf switch
        {
            // They have rows alone.
            "mean" or "variance" => [],
            "means" => [Entry($"{place}.running_means")],
            "variances" => [Entry($"{place}.running_vars")],
            "gamma" => [Entry($"{place}.gamma") with { Shape = [1] }],
            _ => TorchLayer.Entries(place, ours, value, _normalised.Contains(ours.Layer)).Select(entry => entry with { Arrangement = Order(ours) }),
        };

        KeyEntry Entry(string theirs) => new() { Theirs = theirs, Shape = value.Value.Shape.ToArray(), Ours = [ours.Whole] };
    }

    private Arrangement? Order(OwnName ours)
    {
        bool isFirst = ours.Part == "linear";
        bool readsCondition = isFirst || ours.Inner is [.., "gain" or "bias"];
        Arrangement rows = Arrangement.PositionsFirst(FirstPositions);
        return ours.Leaf switch
        {
            "weight" when isFirst => rows.And(_latentsFirst),
            "u" or "bias" when isFirst => rows,
            "weight" or "v" when readsCondition => _latentsFirst,
            _ => null,
        };
    }

    private static string Inner(string part) => part switch
    {
        "norm1" or "norm2" or "norm3" or "norm4" => $"bn_{part[^1] - '1'}",
        "conv1" or "conv2" or "conv3" or "conv4" => $"conv_{part[^1] - '1'}",
        "gain" => "scale",
        "bias" => "offset",
        "query" => "snconv1x1_theta",
        "key" => "snconv1x1_phi",
        "value" => "snconv1x1_g",
        "output" => "snconv1x1_o_conv",
        _ => part,
    };
}
