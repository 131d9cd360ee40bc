using Sagan.Layers;
using Sagan.Optim;
using Sagan.Tensors;

namespace Sagan.Tests.Optim;

/// <summary>Three numbers to train, in double precision, that start at 0.</summary>
internal sealed class ThreeNumbers : Module
{
    internal ThreeNumbers()
    {
        Value = Parameter("value", [3], Initializer.Zeros);
        To(DType.Float64);
    }

    internal Parameter Value { get; }

    /// <summary>Gradients that change sign, stay, vanish, and come late.</summary>
    internal static double[][] Gradients { get; } = [[0.5, -2, 1e-3], [-1, -2, 0], [3, 0.25, 1e-3], [0, -2, 5]];

    internal double[] Now => Value.Value.ToArray<double>();

    /// <summary>One step with that gradient.</summary>
    internal void Step(Optimizer optimizer, double[] gradient, double rateFactor = 1)
    {
        optimizer.ClearGradients();
        Autograd.Backward((Value.Value * Tensor.From(gradient, 3)).Sum());
        optimizer.Step(rateFactor);
    }
}
