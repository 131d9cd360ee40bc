using Sagan.Tensors;

namespace Sagan.Layers.Tracing;

/// <summary>Watches forward passes of one thread until disposed: which layers ran, in which order, with what shapes and work.</summary>
/// <remarks>
/// Work is counted where operators are called, so a new layer is counted without a line of its own; it is put down to the
/// innermost layer that is running.
/// </remarks>
internal sealed class ForwardTrace : ForwardWatcher
{
    private readonly Dictionary<Module, TracedLayer> _byModule = [];
    private readonly List<TracedLayer> _layers = [];
    private readonly Stack<TracedLayer> _open = [];

    private readonly OperatorObserver? _listener;

    private ForwardTrace(OperatorObserver? listener)
    {
        _listener = listener;
        Operator.Observer = Observe;
    }

    /// <summary>Layers in the order in which they were first entered.</summary>
    internal IReadOnlyList<TracedLayer> Layers => _layers;

    /// <summary>Floating-point operations of all of them.</summary>
    internal long Flops => _layers.Sum(layer => layer.Flops);

    /// <summary>Bytes of all results that are no views.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Operators called that are no views: on a GPU, as many kernels at least.</summary>
    internal int Calls { get; private set; }

    /// <summary>Path of the innermost layer that is running; empty between layers.</summary>
    internal string Place => _open.TryPeek(out TracedLayer? layer) ? layer.Module.Path : "";

    /// <summary>Starts watching.</summary>
    /// <param name="listener">Told of every operator's call, too; the calls it makes itself are not watched.</param>
    internal static ForwardTrace Start(OperatorObserver? listener = null) => new(listener);

    internal override void Enter(Module module)
    {
        if (!_byModule.TryGetValue(module, out TracedLayer? layer))
        {
            bool isAttention = module is SelfAttention || (_open.TryPeek(out TracedLayer? parent) && parent.IsAttention);
            _byModule[module] = layer = new TracedLayer(module, isAttention);
            _layers.Add(layer);
        }

        _open.Push(layer);
    }

    internal override void Leave(Tensor result) => _open.Pop().Output = result.Shape.ToArray();

    public override void Dispose()
    {
        Operator.Observer = null;
        base.Dispose();
    }

    private void Observe(Operator called, ReadOnlySpan<Value> arguments, Tensor result)
    {
        long bytes = OperatorWork.Bytes(called, result);
        Bytes += bytes;
        Calls += bytes > 0 ? 1 : 0;
        if (_open.TryPeek(out TracedLayer? layer))
            layer.Flops += OperatorWork.Flops(called, arguments, result);

        if (_listener is null)
            return;
        Operator.Observer = null;
        _listener(called, arguments, result);
        Operator.Observer = Observe;
    }
}
