using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>(x, condition) → y. The condition is a label vector or an embedding; null where there are no classes.</summary>
public abstract class ConditionalLayer : Module
{
    /// <summary>Applies the layer; temporaries die on return.</summary>
    public Tensor Forward(Tensor x, Tensor? condition)
    {
        using Scope scope = Scope.Open();
        return scope.Keep(Run(x, condition));
    }

    /// <summary>What the layer computes.</summary>
    protected abstract Tensor Run(Tensor x, Tensor? condition);

    /// <summary>The condition, where the layer cannot do without.</summary>
    /// <exception cref="ArgumentNullException">There is none; the message names the layer's path.</exception>
    private protected Tensor Require(Tensor? condition) => condition
        ?? throw new ArgumentNullException(nameof(condition), $"{Path}: a class-conditional layer was called without labels");
}
