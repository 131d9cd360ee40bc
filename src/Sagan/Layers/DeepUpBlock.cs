using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Bottleneck block of BigGAN-deep's generator (Brock et al. 2019, arXiv:1809.11096, appendix B).</summary>
/// <remarks>
/// Four convolutions (1x1 down to a quarter of the channels, 3x3, 3x3, 1x1 up), each after batch norm and ReLU. The shortcut
/// has no weights: it drops the channels behind the first <c>outputs</c> and repeats pixels, as in BigGAN-PyTorch and
/// pytorch-pretrained-BigGAN; StudioGAN's own variant, which keeps a 1x1 convolution there, is not built.
/// </remarks>
public sealed class DeepUpBlock : ConditionalLayer
{
    private readonly int _outputs;
    private readonly bool _upsamples;
    private readonly ConditionalLayer _norm1, _norm2, _norm3, _norm4;
    private readonly Conv2d _conv1, _conv2, _conv3, _conv4;

    /// <param name="inputs">Input channels, a multiple of 4.</param>
    /// <param name="outputs">Output channels; not more than the inputs.</param>
    /// <param name="upsamples">Whether the maps are doubled.</param>
    /// <param name="norm">Makes a normalisation for a given channel count.</param>
    /// <param name="initializers">Of the convolutions: the 1x1 ones start as shortcuts do.</param>
    /// <param name="spectral">Spectral norm of the convolutions; null for none.</param>
    public DeepUpBlock(
        int inputs, int outputs, bool upsamples, Func<int, ConditionalLayer> norm, BlockInitializers initializers, SpectralNorm? spectral)
    {
        if (outputs > inputs)
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs, $"the shortcut drops channels and cannot add any to {inputs}");

        int hidden = inputs / 4;
        _outputs = outputs;
        _upsamples = upsamples;
        _norm1 = Child("norm1", norm(inputs));
        _conv1 = Child("conv1", new Conv2d(inputs, hidden, 1, initializers.Shortcut, spectral));
        _norm2 = Child("norm2", norm(hidden));
        _conv2 = Child("conv2", new Conv2d(hidden, hidden, 3, initializers.Main, spectral));
        _norm3 = Child("norm3", norm(hidden));
        _conv3 = Child("conv3", new Conv2d(hidden, hidden, 3, initializers.Main, spectral));
        _norm4 = Child("norm4", norm(hidden));
        _conv4 = Child("conv4", new Conv2d(hidden, outputs, 1, initializers.Shortcut, spectral));
    }

    /// <param name="x">[N, inputs, H, W].</param>
    /// <param name="condition">What the normalisations ask for.</param>
    /// <returns>[N, outputs, H, W], or doubled maps.</returns>
    protected override Tensor Run(Tensor x, Tensor? condition)
    {
        Tensor h = _conv1.Forward(_norm1.ForwardRectified(x, condition));               // [N, inputs/4, H, W]
        h = _norm2.ForwardRectified(h, condition);
        h = _upsamples ? _conv2.ForwardDoubled(h) : _conv2.Forward(h);                  // [N, inputs/4, 2H, 2W]
        h = _conv3.Forward(_norm3.ForwardRectified(h, condition));
        h = _conv4.Forward(_norm4.ForwardRectified(h, condition));
        Tensor shortcut = x.Size(1) == _outputs ? x : x.Narrow(1, 0, _outputs);
        if (!_upsamples)
            return h + shortcut;
        return Fused.Takes(h) ? Fused.AddDoubled(h, shortcut) : h + Pooling.UpsampleNearest2x(shortcut);
    }
}
