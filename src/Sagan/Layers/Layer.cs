using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>x → y. Forward opens a scope around Run, so no layer ever frees anything by hand.</summary>
public abstract class Layer : Module
{
    /// <summary>Applies the layer; temporaries die on return.</summary>
    public Tensor Forward(Tensor x)
    {
        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        Tensor result = Run(x);
        watcher?.Leave(result);
        return scope.Keep(result);
    }

    /// <summary>What the layer computes.</summary>
    protected abstract Tensor Run(Tensor x);
}
