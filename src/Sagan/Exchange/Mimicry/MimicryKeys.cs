using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Mimicry;

/// <summary>mimicry's names: its layers are numbered as sngan_projection's are, a generator's blocks from 2 on.</summary>
internal sealed class MimicryKeys
{
    private readonly NumberedLayers _layers;
    private readonly HashSet<string> _normalised;
    private readonly bool _isConditional, _headHasOwnNorm;

    private MimicryKeys(Module network, ModelConfig model)
    {
        _layers = new NumberedLayers(network);
        _normalised = TorchLayer.Normalised(network);
        _isConditional = model.Conditional;
        _headHasOwnNorm = (model as SnganConfig)?.Details.HeadSpectralNorm is not null;
    }

    internal static KeyTable Of(Module network, ModelConfig model) => KeyTable.Of(network, new MimicryKeys(network, model).Translate);

    private IEnumerable<KeyEntry> Translate(OwnName ours, Parameter value)
    {
        string place = ours.Place(Place(ours.Part), Inner);
        if (_headHasOwnNorm && ours.Part.StartsWith("head.", StringComparison.Ordinal))
            return OwnNorm(place, ours, value);

        // A conditional batch norm: torch's without gain and bias, and a table of both beside it.
        if (_isConditional && ours.Inner is ["norm1" or "norm2", ..])
            return ours.Leaf is "gain" or "bias" ? Table(place, ours, value) : TorchLayer.Entries($"{place}.bn", ours, value, isNormalised: false);
        return TorchLayer.Entries(place, ours, value, _normalised.Contains(ours.Layer));
    }

    private string Place(string part) => part.StartsWith("attention", StringComparison.Ordinal) ? "attn_block" : _layers.Place(part);

    private static IEnumerable<KeyEntry> Table(string place, OwnName ours, Parameter value)
    {
        if (ours.Leaf == "bias")
            return [];
        return [new KeyEntry { Theirs = $"{place}.embed.weight", Shape = [value.Value.Size(0), 2 * value.Value.Size(1)], Ours = [ours.Whole, $"{ours.Layer}.bias"] }];
    }

    // The spectral norm that mimicry wrote itself.
    private static IEnumerable<KeyEntry> OwnNorm(string place, OwnName ours, Parameter value) => ours.Leaf switch
    {
        "v" => [],
        "u" =>
        [
            new KeyEntry { Theirs = $"{place}.sn_u", Shape = [1, value.Value.Count], Ours = [ours.Whole] },
            new KeyEntry { Theirs = $"{place}.sn_sigma", Shape = [1], Filler = HostArray.Of<float>([1f], 1) },
        ],
        _ => TorchLayer.Entries(place, ours, value, isNormalised: false),
    };

    private static string Inner(string part) => part switch
    {
        "query" => "theta",
        "key" => "phi",
        "value" => "g",
        "output" => "o",
        _ => NumberedLayers.Inner(part),
    };
}
