using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>The FID Inception network behind one tool's resizing: what scores of the literature are computed with.</summary>
public sealed class InceptionExtractor : FeatureExtractor
{
    private readonly InceptionNetwork _network;
    private readonly ResizeMode _resize;
    private readonly InceptionTap _tap;

    /// <param name="weights">Copied.</param>
    /// <param name="resize">How pictures are resized; null for <see cref="ResizeMode.TorchFidelity"/>.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="tap">Where features leave the network; logits exist for the last place only.</param>
    public InceptionExtractor(InceptionWeights weights, ResizeMode? resize = null, Device device = default, InceptionTap tap = InceptionTap.Pool3)
        : base(NameOf(weights, tap), weights.Digest, (resize ?? ResizeMode.TorchFidelity).Name, device)
    {
        _resize = resize ?? ResizeMode.TorchFidelity;
        _tap = tap;
        _network = new InceptionNetwork(weights);
        _network.To(device);
        LogitBias = tap == InceptionTap.Pool3 ? weights.LogitBias() : null;
    }

    /// <inheritdoc/>
    public override bool IsStandard => Name == InceptionWeights.PublishedName;

    /// <inheritdoc/>
    public override int FeatureCount => (int)_tap;

    /// <inheritdoc/>
    public override int? LogitCount => LogitBias?.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<float>? LogitBias { get; }

    // The largest map takes 5.5 MB a picture. With one thread libtorch leaves 1x1 convolutions of fewer than 16 pictures to a
    // slower form.
    private protected override int Portion => Device == Device.Cpu ? 16 : 128;

    /// <inheritdoc/>
    public override void Dispose() => _network.Dispose();

    private protected override PictureFeatures Describe(Tensor pictures)
    {
        Tensor features = _network.Features(_resize.Apply(pictures), _tap);
        return new PictureFeatures(features, LogitBias is null ? null : _network.Logits(features));
    }

    private static string NameOf(InceptionWeights weights, InceptionTap tap)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return tap == InceptionTap.Pool3 ? weights.Name : $"{weights.Name}-{(int)tap}";
    }
}
