using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>A layer's weight with its optional spectral norm: what the layer multiplies by.</summary>
/// <remarks>Registers <c>weight</c>, and <c>u</c>, <c>v</c> where normalised, on the layer it belongs to.</remarks>
internal sealed class Weight
{
    private readonly Module _owner;
    private readonly SpectralNorm? _norm;
    private readonly int _rowAxis;
    private readonly Parameter _raw;
    private readonly Parameter? _u, _v;

    /// <param name="owner">The layer.</param>
    /// <param name="shape">The matrix whose singular value counts is [one axis, everything else].</param>
    /// <param name="initializer">Of the raw weight.</param>
    /// <param name="norm">Null for the raw weight.</param>
    /// <param name="rowAxis">That axis: where the shape has the outputs, 0 or, in a transposed convolution, 1; or the inputs where somebody's norm takes those.</param>
    internal Weight(Module owner, ReadOnlySpan<long> shape, Initializer initializer, SpectralNorm? norm, int rowAxis = 0)
    {
        _owner = owner;
        _norm = norm;
        _rowAxis = rowAxis;
        _raw = owner.Parameter("weight", shape, initializer);
        if (norm is null)
            return;

        _u = owner.Buffer("u", [shape[rowAxis]], new NormalInitializer(1));
        _v = owner.Buffer("v", [_raw.Value.Count / shape[rowAxis]], new NormalInitializer(1));
        owner.Register(this);
    }

    internal Tensor Raw => _raw.Value;

    /// <summary>The weight to multiply by; in training the power iteration advances.</summary>
    internal Tensor Value()
    {
        if (_norm is null)
            return Raw;

        int iterations = _owner.IsTraining ? _norm.Iterations : _norm.RefreshInEvaluation ? 1 : 0;
        (Tensor normalized, Tensor u, Tensor v) = _rowAxis == 0 && Fused.TakesSpectralNorm(Raw)
            ? Fused.SpectralNorm(Raw, _u!.Value, _v!.Value, iterations, _norm.Epsilon)
            : ByOperators(iterations);
        if (_owner.IsTraining)
            Store(u, v);
        return normalized;
    }

    /// <summary>The largest singular value of the raw weight as the stored vectors see it: u·Wv, without another step. Needs a norm.</summary>
    internal Tensor LargestSingularValue()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        return scope.Keep(_u!.Value.Dot(Matrix().TimesVector(_v!.Value)));
    }

    /// <summary>One step of the power iteration without a forward pass.</summary>
    internal void Advance()
    {
        if (_norm is null)
            return;
        using Scope scope = Scope.Open();
        (Tensor u, Tensor v) = Iterate(Matrix(), _u!.Value);
        Store(u, v);
    }

    /// <summary>Sets v to what the stored u makes of the weight, where only u is known. Needs a norm.</summary>
    internal void CompleteVectors()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        _v!.Value.CopyFrom(Unit(Matrix().Transpose(0, 1).TimesVector(_u!.Value)));
    }

    private Tensor Matrix()
    {
        Tensor rowsFirst = _rowAxis == 0 ? Raw : Raw.Transpose(0, _rowAxis);
        return rowsFirst.Reshape(rowsFirst.Size(0), -1);
    }

    private (Tensor Normalized, Tensor U, Tensor V) ByOperators(int iterations)
    {
        Tensor matrix = Matrix();
        // Fresh tensors go into the graph: the stored ones may change again before backward.
        (Tensor u, Tensor v) = (_u!.Value, _v!.Value);
        for (int i = 0; i < iterations; i++)
            (u, v) = Iterate(matrix, u);
        return (Raw / u.Dot(matrix.TimesVector(v)), u, v);
    }

    private (Tensor U, Tensor V) Iterate(Tensor matrix, Tensor u)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor v = Unit(matrix.Transpose(0, 1).TimesVector(u));
        return (Unit(matrix.TimesVector(v)), v);
    }

    private void Store(Tensor u, Tensor v)
    {
        using GradMode noGrad = Autograd.NoGrad();
        _u!.Value.CopyFrom(u);
        _v!.Value.CopyFrom(v);
    }

    private Tensor Unit(Tensor vector) => vector / vector.Norm().Clamp(_norm!.Epsilon, null);
}
