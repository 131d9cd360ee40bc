using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>(x, condition) → y. The condition is a label vector or an embedding; null where there are no classes.</summary>
public abstract class ConditionalLayer : Module
{
    /// <summary>Applies the layer; temporaries die on return.</summary>
    public Tensor Forward(Tensor x, Tensor? condition)
    {
        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        Tensor result = Run(x, condition);
        watcher?.Leave(result);
        return scope.Keep(result);
    }

    /// <summary>What the layer computes.</summary>
    protected abstract Tensor Run(Tensor x, Tensor? condition);
}
