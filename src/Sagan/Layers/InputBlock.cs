using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>First residual block of the discriminator: no activation before its first convolution, always halving.</summary>
/// <remarks>"OptimizedBlock" in sngan_projection.</remarks>
public sealed class InputBlock : Layer
{
    private readonly Conv2d _conv1, _conv2, _shortcut;

    /// <param name="inputs">Channels of the pictures.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="initializers">Of the convolutions.</param>
    /// <param name="spectral">Spectral norm of the convolutions; null for none.</param>
    /// <param name="hidden">Channels between the two convolutions; null: as many as come out, everybody's but BigGAN-PyTorch's narrow blocks.</param>
    public InputBlock(int inputs, int outputs, BlockInitializers initializers, SpectralNorm? spectral, int? hidden = null)
    {
        _conv1 = Child("conv1", new Conv2d(inputs, hidden ?? outputs, 3, initializers.Main, spectral));
        _conv2 = Child("conv2", new Conv2d(hidden ?? outputs, outputs, 3, initializers.Main, spectral));
        _shortcut = Child("shortcut", new Conv2d(inputs, outputs, 1, initializers.Shortcut, spectral));
    }

    /// <param name="x">Pictures, [N, inputs, H, W].</param>
    /// <returns>[N, outputs, H/2, W/2].</returns>
    protected override Tensor Run(Tensor x)
    {
        Tensor h = _conv2.ForwardPooled(_conv1.Forward(x).Relu());
        return h + _shortcut.Forward(Pooling.AveragePool2x2(x));
    }
}
