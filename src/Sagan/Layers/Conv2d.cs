using Sagan.Layers.Tracing;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Convolution that keeps height and width, or halves them: [N, inputs, H, W] → [N, outputs, H / stride, W / stride].</summary>
public sealed class Conv2d : Layer
{
    private const int MostOfAPicture = 4;

    // Fewer channels make products so small that summing pixels takes longer than they save.
    private const int FewestForSums = 16, FewestForSumsOfResized = 32;

    private readonly int _inputs, _outputs, _kernel, _padding, _stride;
    private readonly Weight _weight;
    private readonly Parameter? _bias;

    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="kernel">Side of the kernel: odd where the stride is 1.</param>
    /// <param name="initializer">Of the weight; the bias starts at 0.</param>
    /// <param name="norm">Spectral norm of the weight as a matrix [outputs, inputs·k·k]; null for none.</param>
    /// <param name="bias">Whether each output has a bias.</param>
    /// <param name="stride">2 halves the maps, whose sides must then be even.</param>
    public Conv2d(
        int inputs, int outputs, int kernel, Initializer initializer, SpectralNorm? norm = null, bool bias = true, int stride = 1)
    {
        _inputs = inputs;
        _outputs = outputs;
        _kernel = kernel;
        _padding = (kernel - 1) / 2;
        _stride = stride;
        _weight = new Weight(this, [outputs, inputs, kernel, kernel], initializer, norm);
        _bias = bias ? Parameter("bias", [outputs], Initializer.Zeros) : null;
    }

    /// <summary>Convolution followed by the mean of every 2x2 square, in one go: [N, inputs, H, W] → [N, outputs, H/2, W/2].</summary>
    /// <remarks>
    /// Both are linear, so together they are one convolution of stride 2 whose 4x4 kernel is the 3x3 kernel smeared by a 2x2
    /// box: 16 products a pooled pixel in place of 36, or 9 of sums of pixels. Equal to the plain form up to rounding (tests).
    /// </remarks>
    public Tensor ForwardPooled(Tensor x)
    {
        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        RequireChannels(x, 4, _inputs);
        Tensor result = MultipliesSums(x, FewestForSumsOfResized)
            ? Fused.Conv3x3Halved(Cast(x), _weight.Value(), _bias?.Value)
            : Convolve(x, Pooling.BoxSmear(_weight.Value()), _bias?.Value, stride: 2, _padding);
        watcher?.Leave(result);
        return scope.Keep(result);
    }

    /// <summary>Every element four times, then the convolution, in one go: [N, inputs, H, W] → [N, outputs, 2H, 2W].</summary>
    /// <remarks>
    /// The pixels below a 3x3 kernel are only four different ones, so each of the four places of a doubled pixel has a 2x2 kernel
    /// of the small map: 4 products an output pixel in place of 9, or 2.25 of sums of pixels. Equal to the plain form up to rounding (tests).
    /// </remarks>
    internal Tensor ForwardDoubled(Tensor x)
    {
        if (!Fused.Takes(x))
            return Forward(Pooling.UpsampleNearest2x(x));

        using Scope scope = Scope.Open();
        ForwardWatcher? watcher = ForwardWatcher.Current;
        watcher?.Enter(this);
        RequireChannels(x, 4, _inputs);
        Tensor result = MultipliesSums(x, FewestForSumsOfResized) ? Fused.Conv3x3Doubled(Cast(x), _weight.Value(), _bias?.Value) : AtFourPlaces(x);
        watcher?.Leave(result);
        return scope.Keep(result);
    }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        RequireChannels(x, 4, _inputs);
        return _stride == 1 && MultipliesSums(x, FewestForSums)
            ? Fused.Conv3x3(Cast(x), _weight.Value(), _bias?.Value)
            : Convolve(x, _weight.Value(), _bias?.Value, _stride, _padding);
    }

    private protected override void AdvanceOwnSpectralNorm() => _weight.Advance();

    private bool MultipliesSums(Tensor x, int fewest) =>
        _kernel == 3 && Math.Min(_inputs, _outputs) >= fewest && Fused.TakesConv3x3(x, _outputs);

    private Tensor AtFourPlaces(Tensor x)
    {
        Tensor? bias = _bias?.Value;
        return Fused.Interleave(Convolve(x, DoubledKernel.Of(_weight.Value()), bias is null ? null : Tensor.Concat(0, bias, bias, bias, bias), stride: 1, padding: 1));
    }

    private Tensor Convolve(Tensor x, Tensor kernel, Tensor? bias, int stride, int padding)
    {
        x = Cast(x);
        return Convolution.Conv2d(x, kernel.To(x.DType), bias?.To(x.DType), stride, padding);
    }

    // Pictures have too few channels for bfloat16 to be faster, and their rounding would be seen.
    private Tensor Cast(Tensor x) => MixedPrecision.IsOn && Math.Min(_inputs, _outputs) > MostOfAPicture ? x.Narrowed() : x.Widened();
}
