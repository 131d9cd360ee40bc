using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange.Chainer;

/// <summary>sngan_projection's names: layers are numbered through, a generator's blocks from 2 on; Chainer calls weights W and b.</summary>
internal sealed class ChainerKeys
{
    private readonly NumberedLayers _layers;
    private readonly string? _lastConvolution;

    private ChainerKeys(Module network)
    {
        _layers = new NumberedLayers(network);
        _lastConvolution = network is Generator generator ? LastConvolution(generator.Images.Resolution) : null;
    }

    /// <summary>The convolution that draws: at 32 it is called as one, elsewhere as if it were a linear map.</summary>
    internal static string LastConvolution(int resolution) => resolution == 32 ? "c5" : $"l{NumberedLayers.Last(resolution)}";

    internal static KeyTable Of(Module network) => KeyTable.Of(network, new ChainerKeys(network).Translate);

    private IEnumerable<KeyEntry> Translate(OwnName ours, Parameter value)
    {
        string place = ours.Place(ours.Part == "conv" ? _lastConvolution! : _layers.Place(ours.Part), NumberedLayers.Inner, '/');
        bool isTable = value.Value.Rank == 2;
        bool isNorm = ours.Layer.Split('.')[^1].StartsWith("norm", StringComparison.Ordinal);
        string? theirs = ours.Leaf switch
        {
            "weight" => "W",
            "gain" => isTable ? "gammas/W" : "gamma",
            "bias" when isNorm => isTable ? "betas/W" : "beta",
            "bias" => "b",
            "mean" => "avg_mean",
            "variance" => "avg_var",
            "u" => "u",
            _ => null,
        };
        if (theirs is null)
            yield break;

        long[] shape = theirs == "u" ? [1, value.Value.Count] : value.Value.Shape.ToArray();
        yield return new KeyEntry { Theirs = $"{place}/{theirs}", Shape = shape, Ours = [ours.Whole] };
        if (theirs == "avg_mean")
            yield return new KeyEntry { Theirs = $"{place}/N", Shape = [], Filler = HostArray.Of<long>([0L]) };
    }
}
