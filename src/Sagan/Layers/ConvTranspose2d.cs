using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>What the rows are of the matrix that a transposed convolution's weight [inputs, outputs, k, k] is to its spectral norm.</summary>
public enum DeconvolutionRows
{
    /// <summary>Outputs, as in other layers: torch, StudioGAN.</summary>
    Outputs,

    /// <summary>Inputs, as the weight lies: heykeetae's Self-Attention-GAN. A matrix with another singular value.</summary>
    Inputs,
}

/// <summary>
/// Transposed convolution that doubles height and width, [N, inputs, H, W] → [N, outputs, 2H, 2W], or makes a map of a single
/// position: [N, inputs, 1, 1] → [N, outputs, k, k].
/// </summary>
/// <remarks>
/// A kernel of odd side cuts one line less below and right than above and left; TensorFlow's "SAME" does it the other way
/// round, which is the same family of maps shifted by a pixel.
/// </remarks>
public sealed class ConvTranspose2d : Layer
{
    private readonly int _inputs, _stride, _padding, _outputPadding;
    private readonly Weight _weight;
    private readonly Parameter _bias;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="initializer">Of the weight [inputs, outputs, k, k]; the bias starts at 0.</param>
    /// <param name="norm">
    /// Spectral norm of the weight as a matrix [outputs, inputs·k·k], as torch flattens it, or [inputs, outputs·k·k]; null for none.
    /// </param>
    /// <param name="rows">Which of the two.</param>
    /// <param name="doubles">Whether it doubles maps; else it reads single positions.</param>
    public ConvTranspose2d(
        int inputs, int outputs, int kernel, Initializer initializer, SpectralNorm? norm = null,
        DeconvolutionRows rows = DeconvolutionRows.Outputs, bool doubles = true)
    {
        _inputs = inputs;
        _stride = doubles ? 2 : 1;
        _padding = doubles ? (kernel - 1) / 2 : 0;
        _outputPadding = doubles ? kernel % 2 : 0;
        _weight = new Weight(this, [inputs, outputs, kernel, kernel], initializer, norm, rowAxis: rows == DeconvolutionRows.Inputs ? 0 : 1);
        _bias = Parameter("bias", [outputs], Initializer.Zeros);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        RequireChannels(x, 4, _inputs);
        return Convolution.ConvTranspose2d(x.Widened(), _weight.Value(), _bias.Value, _stride, _padding, _outputPadding);
    }

    private protected override void AdvanceOwnSpectralNorm() => _weight.Advance();
}
