using Sagan.Tensors;

namespace Sagan.Layers.Tracing;

/// <summary>Is told by layers when their forward passes on this thread begin and end, until disposed. One at a time on a thread.</summary>
internal abstract class ForwardWatcher : IDisposable
{
    [ThreadStatic]
    private static ForwardWatcher? t_current;

    private protected ForwardWatcher()
    {
        if (t_current is not null)
            throw new InvalidOperationException("Forward passes of this thread are being watched already.");
        t_current = this;
    }

    /// <summary>Who watches this thread; null almost always.</summary>
    internal static ForwardWatcher? Current => t_current;

    /// <summary>A layer's forward pass begins.</summary>
    internal abstract void Enter(Module module);

    /// <summary>The forward pass of the layer that was entered last ends.</summary>
    internal abstract void Leave(Tensor result);

    /// <summary>Stops watching.</summary>
    public virtual void Dispose() => t_current = null;
}
