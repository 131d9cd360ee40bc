using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>What the shortcut of a discriminator's block reads.</summary>
public enum ShortcutInput
{
    /// <summary>The block's input, as the papers draw it and the authors' code computes it.</summary>
    Raw,

    /// <summary>
    /// The block's input after its ReLU: what mimicry and StudioGAN compute, because their ReLU overwrites its input.
    /// </summary>
    Rectified,
}

/// <summary>Residual block of the discriminator (Miyato and Koyama 2018, arXiv:1802.05637).</summary>
public sealed class DownBlock : Layer
{
    private readonly BatchNorm? _norm1, _norm2, _shortcutNorm;
    private readonly Conv2d _conv1, _conv2;
    private readonly Conv2d? _shortcut;
    private readonly bool _downsamples;
    private readonly ShortcutInput _shortcutInput;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="hidden">Channels between the two convolutions: inputs in SNGAN ("thin"), outputs in SAGAN and BigGAN ("wide").</param>
    /// <param name="downsamples">Whether the maps are halved.</param>
    /// <param name="initializers">Of the convolutions.</param>
    /// <param name="spectral">Spectral norm of the convolutions; null for none.</param>
    /// <param name="shortcutInput">What the shortcut reads.</param>
    /// <param name="norm">Makes a batch norm of so many channels, before each convolution (and ReLU); null for none.</param>
    public DownBlock(
        int inputs, int outputs, int hidden, bool downsamples, BlockInitializers initializers, SpectralNorm? spectral,
        ShortcutInput shortcutInput = ShortcutInput.Raw, Func<int, BatchNorm>? norm = null)
    {
        _downsamples = downsamples;
        _shortcutInput = shortcutInput;
        _norm1 = norm is null ? null : Child("norm1", norm(inputs));
        _conv1 = Child("conv1", new Conv2d(inputs, hidden, 3, initializers.Main, spectral));
        _norm2 = norm is null ? null : Child("norm2", norm(hidden));
        _conv2 = Child("conv2", new Conv2d(hidden, outputs, 3, initializers.Main, spectral));
        if (inputs == outputs && !downsamples)
            return;
        _shortcutNorm = norm is null ? null : Child("shortcutNorm", norm(inputs));
        _shortcut = Child("shortcut", new Conv2d(inputs, outputs, 1, initializers.Shortcut, spectral));
    }

    /// <param name="x">[N, inputs, H, W].</param>
    /// <returns>[N, outputs, H, W], or halved maps.</returns>
    protected override Tensor Run(Tensor x)
    {
        if (_norm1 is null && _downsamples && _shortcutInput == ShortcutInput.Raw && Fused.Takes(x))
        {
            (Tensor positive, Tensor halved) = Fused.RectifyAndHalve(x);
            return Main(positive).PlusInPlace(_shortcut!.Forward(halved));
        }

        Tensor rectified = _norm1?.ForwardRectified(x) ?? x.Relu();
        return Main(rectified).PlusInPlace(Shortcut(_shortcutInput == ShortcutInput.Raw ? x : rectified));
    }

    private Tensor Main(Tensor rectified)
    {
        Tensor h = _conv1.Forward(rectified);
        h = _norm2?.ForwardRectified(h) ?? h.ReluOver();
        return _downsamples ? _conv2.ForwardPooled(h) : _conv2.Forward(h);
    }

    // The authors pool after the 1x1 convolution; the two commute, and pooling first is a quarter of the work.
    private Tensor Shortcut(Tensor x)
    {
        if (_shortcut is null)
            return x;
        x = _shortcutNorm?.Forward(x) ?? x;
        return _shortcut.Forward(_downsamples ? Pooling.AveragePool2x2(x) : x);
    }
}
