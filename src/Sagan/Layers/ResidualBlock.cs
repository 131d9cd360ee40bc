using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Residual block with batch norms before its convolutions (He et al. 2016, arXiv:1603.05027).</summary>
/// <remarks>As in the paper the shortcut is the identity where it can be; a halving one is pooled, then a 1x1 convolution.</remarks>
public sealed class ResidualBlock : Layer
{
    private readonly BatchNorm _norm1, _norm2;
    private readonly Conv2d _conv1, _conv2;
    private readonly Conv2d? _shortcut;
    private readonly bool _halves;

    /// <param name="inputs">Input channels; also the width between the two convolutions.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="halves">Whether the maps are halved.</param>
    /// <param name="initializers">Of the convolutions.</param>
    public ResidualBlock(int inputs, int outputs, bool halves, BlockInitializers initializers)
    {
        _halves = halves;
        _norm1 = Child("norm1", new BatchNorm(inputs));
        _conv1 = Child("conv1", new Conv2d(inputs, inputs, 3, initializers.Main));
        _norm2 = Child("norm2", new BatchNorm(inputs));
        _conv2 = Child("conv2", new Conv2d(inputs, outputs, 3, initializers.Main));
        if (halves || inputs != outputs)
            _shortcut = Child("shortcut", new Conv2d(inputs, outputs, 1, initializers.Shortcut));
    }

    /// <param name="x">[N, inputs, H, W].</param>
    /// <returns>[N, outputs, H, W], or halved maps.</returns>
    protected override Tensor Run(Tensor x)
    {
        Tensor h = _conv1.Forward(_norm1.Forward(x).Relu());
        h = _norm2.Forward(h).Relu();
        h = _halves ? _conv2.ForwardPooled(h) : _conv2.Forward(h);
        return h + Shortcut(x);
    }

    // Pooling commutes with the 1x1 convolution: on the small map it is a quarter of the work.
    private Tensor Shortcut(Tensor x)
    {
        if (_shortcut is null)
            return x;
        return _shortcut.Forward(_halves ? Pooling.AveragePool2x2(x) : x);
    }
}
