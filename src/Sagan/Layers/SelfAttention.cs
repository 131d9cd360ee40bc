using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>The published shapes of the attention layer.</summary>
public enum AttentionForm
{
    /// <summary>The authors' code (non_local.py): keys and values max-pooled 2x2, values of C/2 channels, output convolution.</summary>
    AuthorsCode,

    /// <summary>The paper's text (ICML 2019): no pooling, values of C/8 channels, output convolution.</summary>
    Paper,

    /// <summary>The paper's first version: no pooling, values of C channels, no output convolution.</summary>
    FirstVersion,

    /// <summary>No attention but a <see cref="BottleneckBlock"/> of the same size in its place: the control of the paper's ablation.</summary>
    ResidualBlock,
}

/// <summary>Self-attention over positions (Zhang et al. 2019, arXiv:1805.08318).</summary>
/// <remarks>
/// Output = x + gamma · attended values. gamma starts at 0, so the layer starts as the identity. Logits are not scaled.
/// Query, key and value are what the paper calls g, f and h, and the authors' code theta, phi and g.
/// </remarks>
public sealed class SelfAttention : Layer
{
    /// <summary>Queries and keys take an eighth of the channels.</summary>
    internal const int FewestChannels = 8;

    private const long LargeMap = 4 << 20;

    private readonly bool _pooled;
    private readonly Conv2d _query, _key, _value;
    private readonly Conv2d? _output;
    private readonly Parameter _gamma;

    /// <param name="channels">C, a multiple of 8.</param>
    /// <param name="initializer">Of the 1x1 convolutions.</param>
    /// <param name="norm">Spectral norm of the 1x1 convolutions; null for none.</param>
    /// <param name="form">Which of the published shapes.</param>
    /// <param name="bias">Whether the 1x1 convolutions have biases; the authors' have none.</param>
    public SelfAttention(
        int channels, Initializer initializer, SpectralNorm? norm = null, AttentionForm form = AttentionForm.AuthorsCode, bool bias = false)
    {
        if (channels < FewestChannels)
            throw new ArgumentOutOfRangeException(nameof(channels), channels, $"attention needs at least {FewestChannels} channels: queries and keys take an eighth");

        _pooled = form == AttentionForm.AuthorsCode;
        int valueChannels = form switch
        {
            AttentionForm.AuthorsCode => channels / 2,
            AttentionForm.Paper => channels / 8,
            AttentionForm.FirstVersion => channels,
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "this is no form of attention"),
        };
        _query = Child("query", new Conv2d(channels, channels / 8, 1, initializer, norm, bias));
        _key = Child("key", new Conv2d(channels, channels / 8, 1, initializer, norm, bias));
        _value = Child("value", new Conv2d(channels, valueChannels, 1, initializer, norm, bias));
        if (form != AttentionForm.FirstVersion)
            _output = Child("output", new Conv2d(valueChannels, channels, 1, initializer, norm, bias));
        _gamma = Parameter("gamma", [], Initializer.Zeros);
    }

    /// <summary>Shown the map and the input of every forward pass; null: nobody watches. Set by <see cref="AttentionProbe"/>.</summary>
    internal Action<Tensor, Tensor>? Watcher { get; set; }

    /// <summary>Where each position looks: [N, H·W queries, keys], rows sum to 1. Keys are pooled positions in the authors' form.</summary>
    /// <param name="x">[N, C, H, W].</param>
    public Tensor Map(Tensor x)
    {
        using Scope scope = Scope.Open();
        Tensor query = _query.Forward(x).Widened().Flatten(2);                            // [N, C/8, HW]
        Tensor key = Pool(_key.Forward(x)).Widened().Flatten(2);                          // [N, C/8, K]
        return scope.Keep(query.Transpose(1, 2).MatMul(key).Softmax(-1));       // [N, HW, K]
    }

    /// <param name="x">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    protected override Tensor Run(Tensor x)
    {
        Tensor value = Pool(_value.Forward(x)).Widened();                       // [N, V, …]
        Tensor attended = AttendsInParts(x, value) ? Attend(x, value) : AttendByMap(x, value);
        attended = attended.Transpose(1, 2).Reshape(x.Size(0), value.Size(1), x.Size(2), x.Size(3));
        if (_output is not null)
            attended = _output.Forward(attended);
        return Tensor.AddProduct(x, attended, _gamma.Value);
    }

    // [N, HW, V]
    private Tensor AttendByMap(Tensor x, Tensor value)
    {
        Tensor map = Map(x);
        Watcher?.Invoke(map, x);
        return map.MatMul(value.Flatten(2).Transpose(1, 2));
    }

    // The same, part by part.
    private Tensor Attend(Tensor x, Tensor value)
    {
        Tensor query = _query.Forward(x).Widened().Flatten(2), key = Pool(_key.Forward(x)).Widened().Flatten(2);
        return Fused.Attention(query.Transpose(1, 2), key.Transpose(1, 2), value.Flatten(2).Transpose(1, 2));
    }

    // libtorch's products in parts pay only where a map is much larger than a cache, because it is computed twice; ours always. Who
    // watches wants to see the map.
    private bool AttendsInParts(Tensor x, Tensor value) =>
        Watcher is null && Operator.Observer is null
        && (Fused.TakesAttention(value) || x.Size(0) * x.Size(2) * x.Size(3) * value.Size(2) * value.Size(3) > LargeMap);

    private Tensor Pool(Tensor x) => _pooled ? Pooling.MaxPool2x2(x) : x;
}
