using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>A residual block of the size of a self-attention layer: the control of SAGAN's ablation (arXiv:1805.08318, table 3).</summary>
/// <remarks>
/// The paper compares attention with "a residual block of the same number of parameters" and says no more; the authors' code
/// has none. Ours is the bottleneck of He et al. 2016 (arXiv:1603.05027): ReLU and convolution three times, 1x1 to h
/// channels, 3x3, 1x1 back, without biases, added to the input. h = 5C/18 makes 2Ch + 9h² the 1.25 C² of the attention
/// layer; rounding h leaves the sizes within 2% of each other from 64 channels on.
/// </remarks>
public sealed class BottleneckBlock : Layer
{
    private readonly Conv2d _narrow, _middle, _widen;

    /// <param name="channels">C.</param>
    /// <param name="initializer">Of the convolutions.</param>
    /// <param name="norm">Spectral norm of the convolutions; null for none.</param>
    public BottleneckBlock(int channels, Initializer initializer, SpectralNorm? norm = null)
    {
        int hidden = (int)Math.Round(5 * channels / 18.0);
        _narrow = Child("narrow", new Conv2d(channels, hidden, 1, initializer, norm, bias: false));
        _middle = Child("middle", new Conv2d(hidden, hidden, 3, initializer, norm, bias: false));
        _widen = Child("widen", new Conv2d(hidden, channels, 1, initializer, norm, bias: false));
    }

    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    protected override Tensor Run(Tensor x)
    {
        Tensor h = _narrow.Forward(x.Relu());           // [N, h, H, W]
        h = _middle.Forward(h.Relu());
        return x + _widen.Forward(h.Relu());
    }
}
