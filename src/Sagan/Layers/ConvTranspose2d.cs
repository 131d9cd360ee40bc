using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Transposed convolution that doubles height and width: [N, inputs, H, W] → [N, outputs, 2H, 2W].</summary>
/// <remarks>
/// A kernel of odd side cuts one line less below and right than above and left; TensorFlow's "SAME" does it the other way
/// round, which is the same family of maps shifted by a pixel.
/// </remarks>
public sealed class ConvTranspose2d : Layer
{
    private const int Stride = 2;

    private readonly int _inputs, _padding, _outputPadding;
    private readonly Weight _weight;
    private readonly Parameter _bias;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="initializer">Of the weight [inputs, outputs, k, k]; the bias starts at 0.</param>
    /// <param name="norm">
    /// Spectral norm of the weight as a matrix [outputs, inputs·k·k], as torch flattens it; null for none.
    /// </param>
    public ConvTranspose2d(int inputs, int outputs, int kernel, Initializer initializer, SpectralNorm? norm = null)
    {
        _inputs = inputs;
        _padding = (kernel - 1) / 2;
        _outputPadding = kernel % 2;
        _weight = new Weight(this, [inputs, outputs, kernel, kernel], initializer, norm, outputAxis: 1);
        _bias = Parameter("bias", [outputs], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        RequireChannels(x, 4, _inputs);
        return Convolution.ConvTranspose2d(x, _weight.Value(), _bias.Value, Stride, _padding, _outputPadding);
    }

    private protected override void AdvanceOwnSpectralNorm() => _weight.Advance();
}
