using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Affine map: [N, inputs] → [N, outputs].</summary>
public sealed class Linear : Layer
{
    private readonly int _inputs;
    private readonly Weight _weight;
    private readonly Parameter? _bias;

    /// <param name="inputs">Size of the input.</param>
    /// <param name="outputs">Size of the output.</param>
    /// <param name="initializer">Of the weight [outputs, inputs]; the bias starts at 0.</param>
    /// <param name="norm">Spectral norm of the weight; null for none.</param>
    /// <param name="bias">Whether each output has a bias.</param>
    public Linear(int inputs, int outputs, Initializer initializer, SpectralNorm? norm = null, bool bias = true)
    {
        _inputs = inputs;
        _weight = new Weight(this, [outputs, inputs], initializer, norm);
        _bias = bias ? Parameter("bias", [outputs], Initializer.Zeros) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        RequireChannels(x, 2, _inputs);
        return Projection.Linear(x.Widened(), _weight.Value(), _bias?.Value);
    }

    private protected override void AdvanceOwnSpectralNorm() => _weight.Advance();
}
