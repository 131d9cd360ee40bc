namespace Sagan.Layers.Tracing;

/// <summary>A layer's forward pass in time.</summary>
/// <param name="module">The layer.</param>
/// <param name="start">Nanoseconds of the operators' clock.</param>
internal sealed class LayerSpan(Module module, long start)
{
    internal Module Module { get; } = module;

    internal long Start { get; } = start;

    /// <summary>The same clock; 0 until the pass has ended.</summary>
    internal long End { get; set; }
}
