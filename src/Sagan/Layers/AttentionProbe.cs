using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Keeps the attention maps of a network's forward passes until disposed; the passes compute what they always do.</summary>
/// <remarks>A copy of each map goes to host memory. Without a probe a layer pays one comparison with null.</remarks>
public sealed class AttentionProbe : IDisposable
{
    private readonly SelfAttention[] _layers;
    private readonly List<AttentionMap[]> _maps = [];

    /// <param name="network">All of whose attention layers are watched.</param>
    /// <param name="batch">Pictures of a batch whose maps are kept: the first ones.</param>
    /// <exception cref="InvalidOperationException">Another probe watches already.</exception>
    public AttentionProbe(Module network, int batch = int.MaxValue)
    {
        _layers = LayersOf(network);
        if (_layers.FirstOrDefault(layer => layer.Watcher is not null) is { } watched)
            throw new InvalidOperationException($"{watched.Path} is already watched by another probe.");
        foreach (SelfAttention layer in _layers)
            layer.Watcher = (map, x) => _maps.Add(Read(layer.Path, map, x, batch));
    }

    /// <summary>What was seen, in the order of forward passes: [layers that ran][pictures].</summary>
    public IReadOnlyList<IReadOnlyList<AttentionMap>> Maps => _maps;

    /// <summary>The attention layers of a network, in the order of registration.</summary>
    public static SelfAttention[] LayersOf(Module network) => [.. network.SelfAndDescendants().OfType<SelfAttention>()];

    /// <summary>Watches no longer.</summary>
    public void Dispose()
    {
        foreach (SelfAttention layer in _layers)
            layer.Watcher = null;
    }

    private static AttentionMap[] Read(string path, Tensor map, Tensor x, int batch)
    {
        using Scope scope = Scope.Open();
        int height = (int)x.Size(2), width = (int)x.Size(3);
        int queries = (int)map.Size(1), keys = (int)map.Size(2);

        // Pooled 2x2 or not at all; an odd row or column is left out by pooling.
        int stride = keys == queries ? 1 : 2;
        int pictures = (int)Math.Min(batch, map.Size(0));
        float[] weights = map.Detach().Narrow(0, 0, pictures).To(DType.Float32).ToArray<float>();
        return [.. weights.Chunk(queries * keys).Select(one => new AttentionMap(path, height, width, height / stride, width / stride, one))];
    }
}
