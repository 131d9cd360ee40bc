namespace Sagan.Layers.Tracing;

/// <summary>What one layer did in a traced forward pass.</summary>
internal sealed class TracedLayer(Module module, bool isAttention)
{
    internal Module Module { get; } = module;

    /// <summary>Whether it is an attention layer, or part of one.</summary>
    internal bool IsAttention { get; } = isAttention;

    /// <summary>Shape of its last result.</summary>
    internal long[] Output { get; set; } = [];

    /// <summary>Floating-point operations outside its parts.</summary>
    internal long Flops { get; set; }
}
