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
    /// <param name="condition">Labels [N] or vectors [N, size].</param>
    /// <param name="count">N, that of the layer's input: a single label would otherwise spread over the batch unnoticed.</param>
    /// <exception cref="ArgumentNullException">There is none; the message names the layer's path.</exception>
    /// <exception cref="ShapeException">There are more or fewer than inputs; the message names the layer's path.</exception>
    private protected Tensor Require(Tensor? condition, long count)
    {
        if (condition is null)
            throw new ArgumentNullException(nameof(condition), $"{Place}: a class-conditional layer was called without labels");
        if (condition.Rank == 0 || condition.Size(0) != count)
            throw new ShapeException($"{Place}, labels", $"{count} of them", condition.Shape);
        return condition;
    }
}
