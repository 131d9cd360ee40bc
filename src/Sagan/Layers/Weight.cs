using Sagan.Tensors;

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

        Tensor matrix = Matrix();
        (Tensor u, Tensor v) = SingularVectors(matrix);
        Tensor sigma = u.Dot(matrix.TimesVector(v));
        return Raw / sigma;
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
        Store(Iterate(Matrix(), _u!.Value));
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

    private (Tensor U, Tensor V) SingularVectors(Tensor matrix)
    {
        if (!_owner.IsTraining && !_norm!.RefreshInEvaluation)
            return (_u!.Value, _v!.Value);

        // Fresh tensors go into the graph: the stored ones may change again before backward.
        if (!_owner.IsTraining)
            return Iterate(matrix, _u!.Value);
        (Tensor U, Tensor V) vectors = Iterate(matrix, _u!.Value);
        for (int i = 1; i < _norm!.Iterations; i++)
            vectors = Iterate(matrix, vectors.U);
        Store(vectors);
        return vectors;
    }

    private (Tensor U, Tensor V) Iterate(Tensor matrix, Tensor u)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor v = Unit(matrix.Transpose(0, 1).TimesVector(u));
        return (Unit(matrix.TimesVector(v)), v);
    }

    private void Store((Tensor U, Tensor V) vectors)
    {
        using GradMode noGrad = Autograd.NoGrad();
        _u!.Value.CopyFrom(vectors.U);
        _v!.Value.CopyFrom(vectors.V);
    }

    private Tensor Unit(Tensor vector) => vector / vector.Norm().Clamp(_norm!.Epsilon, null);
}
