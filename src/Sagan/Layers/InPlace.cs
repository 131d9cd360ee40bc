using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Steps that may overwrite what only they read, as what a convolution just made: a map less to keep for backward.</summary>
/// <remarks>Where somebody watches this thread's operators they make new tensors: those that work in place are not seen.</remarks>
internal static class InPlace
{
    /// <summary>max(x, 0).</summary>
    internal static Tensor ReluOver(this Tensor x)
    {
        if (Operator.Observer is not null)
            return x.Relu();
        x.ReluInPlace();
        return x;
    }

    /// <summary>x + other.</summary>
    internal static Tensor PlusInPlace(this Tensor x, Tensor other)
    {
        if (Operator.Observer is not null)
            return x + other;
        x.AddInPlace(other);
        return x;
    }
}
