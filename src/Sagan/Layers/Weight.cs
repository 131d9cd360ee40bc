using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>A layer's weight with its optional spectral norm: what the layer multiplies by.</summary>
/// <remarks>Registers <c>weight</c>, and <c>u</c>, <c>v</c> where normalised, on the layer it belongs to.</remarks>
internal sealed class Weight
{
    private readonly Module _owner;
    private readonly SpectralNorm? _norm;
    private readonly Parameter _raw;
    private readonly Parameter? _u, _v;

    /// <param name="owner">The layer.</param>
    /// <param name="shape">[outputs, …]: the matrix whose singular value counts is [outputs, everything else].</param>
    /// <param name="initializer">Of the raw weight.</param>
    /// <param name="norm">Null for the raw weight.</param>
    internal Weight(Module owner, ReadOnlySpan<long> shape, Initializer initializer, SpectralNorm? norm)
    {
        _owner = owner;
        _norm = norm;
        _raw = owner.Parameter("weight", shape, initializer);
        if (norm is null)
            return;

        _u = owner.Buffer("u", [shape[0]], new NormalInitializer(1));
        _v = owner.Buffer("v", [_raw.Value.Count / shape[0]], new NormalInitializer(1));
        owner.Register(this);
    }

    internal Tensor Raw => _raw.Value;

    /// <summary>The weight to multiply by; in training the power iteration advances by one step.</summary>
    internal Tensor Value()
    {
        if (_norm is null)
            return Raw;

        Tensor raw = Raw;
        Tensor matrix = raw.Reshape(raw.Size(0), -1);
        (Tensor u, Tensor v) = SingularVectors(matrix);
        Tensor sigma = u.Dot(matrix.TimesVector(v));
        return raw / sigma;
    }

    /// <summary>The largest singular value of the raw weight as the stored vectors see it: u·Wv, without another step. Needs a norm.</summary>
    internal Tensor LargestSingularValue()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        return scope.Keep(_u!.Value.Dot(Raw.Reshape(Raw.Size(0), -1).TimesVector(_v!.Value)));
    }

    /// <summary>One step of the power iteration without a forward pass.</summary>
    internal void Advance()
    {
        if (_norm is null)
            return;
        using Scope scope = Scope.Open();
        Store(Iterate(Raw.Reshape(Raw.Size(0), -1)));
    }

    private (Tensor U, Tensor V) SingularVectors(Tensor matrix)
    {
        if (!_owner.IsTraining && !_norm!.RefreshInEvaluation)
            return (_u!.Value, _v!.Value);

        // Fresh tensors go into the graph: the stored ones may change again before backward.
        (Tensor U, Tensor V) vectors = Iterate(matrix);
        if (_owner.IsTraining)
            Store(vectors);
        return vectors;
    }

    private (Tensor U, Tensor V) Iterate(Tensor matrix)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor v = Unit(matrix.Transpose(0, 1).TimesVector(_u!.Value));
        Tensor u = Unit(matrix.TimesVector(v));
        return (u, v);
    }

    private void Store((Tensor U, Tensor V) vectors)
    {
        using GradMode noGrad = Autograd.NoGrad();
        _u!.Value.CopyFrom(vectors.U);
        _v!.Value.CopyFrom(vectors.V);
    }

    private Tensor Unit(Tensor vector) => vector / vector.Norm().Clamp(_norm!.Epsilon, null);
}
