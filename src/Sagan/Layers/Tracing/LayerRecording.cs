using Sagan.Tensors;

namespace Sagan.Layers.Tracing;

/// <summary>Records when forward passes of layers run on this thread, by the clock of <see cref="OperatorRecording"/>.</summary>
internal sealed class LayerRecording : ForwardWatcher
{
    private readonly List<LayerSpan> _spans = [];
    private readonly Stack<LayerSpan> _open = [];

    /// <summary>Passes in the order of their beginning: a layer before its parts.</summary>
    internal IReadOnlyList<LayerSpan> Spans => _spans;

    internal override void Enter(Module module)
    {
        var span = new LayerSpan(module, OperatorRecording.Clock);
        _spans.Add(span);
        _open.Push(span);
    }

    internal override void Leave(Tensor result) => _open.Pop().End = OperatorRecording.Clock;
}
