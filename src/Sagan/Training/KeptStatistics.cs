using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>A network's batch statistics, which come back when this is disposed.</summary>
internal sealed class KeptStatistics(Module network) : IDisposable
{
    private readonly (Parameter Buffer, float[] Values)[] _kept =
        [.. network.SelfAndDescendants().OfType<BatchStatistics>()
            .SelectMany(statistics => statistics.State())
            .Select(entry => (entry.Value, entry.Value.Value.ToArray<float>()))];

    public void Dispose()
    {
        using Scope scope = Scope.Open();
        foreach ((Parameter buffer, float[] values) in _kept)
            buffer.Value.CopyFrom(Tensor.From<float>(values, buffer.Value.Shape, buffer.Value.Device));
    }
}
