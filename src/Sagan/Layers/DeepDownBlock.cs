using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Bottleneck block of BigGAN-deep's discriminator (Brock et al. 2019, arXiv:1809.11096, appendix B).</summary>
/// <remarks>
/// Four convolutions (1x1 down to a quarter of the outputs, 3x3, 3x3, 1x1 up), each after a ReLU. The shortcut keeps its
/// channels as they are and appends what a 1x1 convolution makes of them where the block has more outputs than inputs.
/// </remarks>
public sealed class DeepDownBlock : Layer
{
    private readonly Conv2d _conv1, _conv2, _conv3, _conv4;
    private readonly Conv2d? _shortcut;
    private readonly bool _downsamples;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels, a multiple of 4; not fewer than the inputs.</param>
    /// <param name="downsamples">Whether the maps are halved.</param>
    /// <param name="initializers">Of the convolutions: the 1x1 ones start as shortcuts do.</param>
    /// <param name="spectral">Spectral norm of the convolutions; null for none.</param>
    public DeepDownBlock(int inputs, int outputs, bool downsamples, BlockInitializers initializers, SpectralNorm? spectral)
    {
        if (outputs < inputs)
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs, $"the shortcut adds channels and cannot drop any of {inputs}");

        int hidden = outputs / 4;
        _downsamples = downsamples;
        _conv1 = Child("conv1", new Conv2d(inputs, hidden, 1, initializers.Shortcut, spectral));
        _conv2 = Child("conv2", new Conv2d(hidden, hidden, 3, initializers.Main, spectral));
        _conv3 = Child("conv3", new Conv2d(hidden, hidden, 3, initializers.Main, spectral));
        _conv4 = Child("conv4", new Conv2d(hidden, outputs, 1, initializers.Shortcut, spectral));
        if (outputs > inputs)
            _shortcut = Child("shortcut", new Conv2d(inputs, outputs - inputs, 1, initializers.Shortcut, spectral));
    }

    /// <param name="x">[N, inputs, H, W].</param>
    /// <returns>[N, outputs, H, W], or halved maps.</returns>
    protected override Tensor Run(Tensor x)
    {
        Tensor h = _conv1.Forward(x.Relu());                        // [N, outputs/4, H, W]
        h = _conv2.Forward(h.ReluOver());
        h = _conv3.Forward(h.ReluOver());
        h = _conv4.Forward(Halve(h.ReluOver()));                    // [N, outputs, H/2, W/2]
        return h.PlusInPlace(Shortcut(Halve(x)));
    }

    private Tensor Shortcut(Tensor x) => _shortcut is null ? x : Tensor.Concat(1, x, _shortcut.Forward(x));

    private Tensor Halve(Tensor x) => _downsamples ? Pooling.AveragePool2x2(x) : x;
}
