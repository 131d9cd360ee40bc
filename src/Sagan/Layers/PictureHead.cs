using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>The end of a generator: batch norm, ReLU, 3x3 convolution, tanh (sngan_projection, gen_models).</summary>
public sealed class PictureHead : Layer
{
    private readonly BatchNorm _norm;
    private readonly Conv2d _conv;

    /// <param name="inputs">Channels of the map.</param>
    /// <param name="channels">Channels of the picture.</param>
    /// <param name="initializer">Of the convolution.</param>
    /// <param name="spectral">Spectral norm of the convolution; null for none.</param>
    public PictureHead(int inputs, int channels, Initializer initializer, SpectralNorm? spectral = null)
    {
        _norm = Child("norm", new BatchNorm(inputs));
        _conv = Child("conv", new Conv2d(inputs, channels, 3, initializer, spectral));
    }

    /// <param name="x">[N, inputs, H, W].</param>
    /// <returns>[N, channels, H, W] in [-1, 1].</returns>
    protected override Tensor Run(Tensor x) => _conv.Forward(_norm.ForwardRectified(x)).Tanh();
}
