using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>First residual block of the discriminator: no activation before its first convolution, always halving.</summary>
/// <remarks>"OptimizedBlock" in sngan_projection.</remarks>
public sealed class InputBlock : Layer
{
    private readonly BatchNorm? _norm, _shortcutNorm;
    private readonly Conv2d _conv1, _conv2, _shortcut;

    /// <param name="inputs">Channels of the pictures.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="initializers">Of the convolutions.</param>
    /// <param name="spectral">Spectral norm of the convolutions; null for none.</param>
    /// <param name="norm">Makes a batch norm of so many channels, before the ReLU and the shortcut's convolution; null for none.</param>
    /// <param name="hidden">Channels between the two convolutions; null: as many as come out, everybody's but BigGAN-PyTorch's narrow blocks.</param>
    public InputBlock(
        int inputs, int outputs, BlockInitializers initializers, SpectralNorm? spectral, Func<int, BatchNorm>? norm = null, int? hidden = null)
    {
        _conv1 = Child("conv1", new Conv2d(inputs, hidden ?? outputs, 3, initializers.Main, spectral));
        _norm = norm is null ? null : Child("norm", norm(hidden ?? outputs));
        _conv2 = Child("conv2", new Conv2d(hidden ?? outputs, outputs, 3, initializers.Main, spectral));
        _shortcutNorm = norm is null ? null : Child("shortcutNorm", norm(inputs));
        _shortcut = Child("shortcut", new Conv2d(inputs, outputs, 1, initializers.Shortcut, spectral));
    }

    /// <param name="x">Pictures, [N, inputs, H, W].</param>
    /// <returns>[N, outputs, H/2, W/2].</returns>
    protected override Tensor Run(Tensor x)
    {
        Tensor h = _conv1.Forward(x);
        h = _conv2.ForwardPooled(_norm?.ForwardRectified(h) ?? h.ReluOver());

        // Here the norm sees pooled maps; in the other blocks, whole ones (StudioGAN).
        Tensor pooled = Pooling.AveragePool2x2(x);
        return h.PlusInPlace(_shortcut.Forward(_shortcutNorm?.Forward(pooled) ?? pooled));
    }
}
