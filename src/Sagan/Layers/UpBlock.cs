using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>How a generator's block doubles its maps.</summary>
public enum Upsampling
{
    /// <summary>Every element four times: the authors of SNGAN, SAGAN and BigGAN.</summary>
    Nearest,

    /// <summary>Linear between centres: mimicry.</summary>
    Bilinear,
}

/// <summary>Upsampling residual block of the generator (Miyato and Koyama 2018, arXiv:1802.05637).</summary>
public sealed class UpBlock : ConditionalLayer
{
    private readonly ConditionalLayer _norm1, _norm2;
    private readonly Conv2d _conv1, _conv2, _shortcut;
    private readonly Upsampling _upsampling;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels; also the width between the two convolutions.</param>
    /// <param name="norm">Makes a normalisation for a given channel count.</param>
    /// <param name="initializers">Of the convolutions.</param>
    /// <param name="spectral">Spectral norm of the convolutions: SAGAN and BigGAN; null in SNGAN.</param>
    /// <param name="upsampling">How the maps are doubled.</param>
    public UpBlock(
        int inputs, int outputs, Func<int, ConditionalLayer> norm, BlockInitializers initializers, SpectralNorm? spectral = null, Upsampling upsampling = Upsampling.Nearest)
    {
        _upsampling = upsampling;
        _norm1 = Child("norm1", norm(inputs));
        _conv1 = Child("conv1", new Conv2d(inputs, outputs, 3, initializers.Main, spectral));
        _norm2 = Child("norm2", norm(outputs));
        _conv2 = Child("conv2", new Conv2d(outputs, outputs, 3, initializers.Main, spectral));
        _shortcut = Child("shortcut", new Conv2d(inputs, outputs, 1, initializers.Shortcut, spectral));
    }

    /// <param name="x">[N, inputs, H, W].</param>
    /// <param name="condition">What the normalisations ask for.</param>
    /// <returns>[N, outputs, 2H, 2W].</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor h = _norm1.ForwardRectified(x, condition);
        h = _upsampling == Upsampling.Nearest ? _conv1.ForwardDoubled(h) : _conv1.Forward(Pooling.UpsampleBilinear2x(h));     // [N, outputs, 2H, 2W]
        h = _conv2.Forward(_norm2.ForwardRectified(h, condition));

        // A 1x1 convolution commutes with upsampling: on the small map it is a quarter of the work.
        return AddDoubled(h, _shortcut.Forward(x));
    }

    private Tensor AddDoubled(Tensor h, Tensor shortcut)
    {
        if (_upsampling == Upsampling.Bilinear)
            return h + Pooling.UpsampleBilinear2x(shortcut);
        return Fused.Takes(h) ? Fused.AddDoubled(h, shortcut) : h + Pooling.UpsampleNearest2x(shortcut);
    }
}
