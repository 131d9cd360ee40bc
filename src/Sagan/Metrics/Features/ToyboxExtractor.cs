using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>A small network of random weights inside the program: scores without any file, for the toybox and for tests.</summary>
/// <remarks>
/// The distance grows with noise, blur, wrong colours and missing classes (a test), three classes of ten or more: a single
/// missing one drowns in the chance of a thousand pictures. It costs next to nothing and knows no meaning. Scores follow a
/// training run; nobody else's can be compared with them.
/// </remarks>
public sealed class ToyboxExtractor : FeatureExtractor
{
    private const int Side = 32;

    private readonly RandomConvolutions _network;

    /// <param name="device">Where it computes.</param>
    public ToyboxExtractor(Device device = default)
        : this(new RandomConvolutions(), device)
    {
    }

    private ToyboxExtractor(RandomConvolutions network, Device device)
        : base(RandomConvolutions.Name, network.Digest, $"bilinear-{Side}", device)
    {
        _network = network;
        _network.To(device);
    }

    /// <inheritdoc/>
    public override int FeatureCount => RandomConvolutions.FeatureCount;

    /// <inheritdoc/>
    public override int? LogitCount => null;

    /// <inheritdoc/>
    public override IReadOnlyList<float>? LogitBias => null;

    // On the host, maps that fit the processor's cache.
    private protected override int Portion => Device == Device.Cpu ? 16 : 512;

    /// <inheritdoc/>
    public override void Dispose() => _network.Dispose();

    private protected override PictureFeatures Describe(Tensor pictures) =>
        new(_network.Features(SmoothResizing.Bilinear(pictures, Side, Side) / 127.5 - 1), null);
}
