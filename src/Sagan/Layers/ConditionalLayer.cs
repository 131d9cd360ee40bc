using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>(x, condition) → y. The condition is a label vector or an embedding; null where there are no classes.</summary>
public abstract class ConditionalLayer : Module
{
    /// <summary>Applies the layer; temporaries die on return.</summary>
    public Tensor Forward(Tensor x, Tensor? condition) => Forward(x, condition, rectifies: false);

    /// <summary>The layer and a ReLU behind it, where the layer can in one go.</summary>
    internal Tensor ForwardRectified(Tensor x, Tensor? condition) => Forward(x, condition, rectifies: true);

    /// <summary>What the layer computes.</summary>
    protected abstract Tensor Run(Tensor x, Tensor? condition);

    /// <summary>What the layer computes with a ReLU behind it.</summary>
    private protected virtual Tensor RunRectified(Tensor x, Tensor? condition) => Run(x, condition).Relu();

    private Tensor Forward(Tensor x, Tensor? condition, bool rectifies)
    {
        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        Tensor result = rectifies ? RunRectified(x, condition) : Run(x, condition);
        watcher?.Leave(result);
        return scope.Keep(result);
    }
}
