using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Batch norm with one gain and bias a channel (Ioffe and Szegedy 2015, arXiv:1502.03167).</summary>
public sealed class BatchNorm : ConditionalLayer
{
    private readonly BatchStatistics _statistics;
    private readonly Parameter _gain, _bias;

    /// <param name="channels">C.</param>
    /// <param name="momentum">Weight of a new batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="table">Statistics by truncation; null for none.</param>
    public BatchNorm(int channels, double momentum = 0.1, double epsilon = 1e-5, TruncationTable? table = null)
    {
        _gain = Parameter("gain", [channels], Initializer.Ones);
        _bias = Parameter("bias", [channels], Initializer.Zeros);
        _statistics = Child("statistics", new BatchStatistics(channels, momentum, epsilon, table));
    }

    /// <summary>[N, C, H, W] → [N, C, H, W].</summary>
    public Tensor Forward(Tensor x) => Forward(x, null);

    /// <param name="x">[N, C, H, W].</param>
    /// <param name="condition">Not looked at.</param>
    protected override Tensor Run(Tensor x, Tensor? condition) => _statistics.Normalize(x, _gain.Value, _bias.Value);

    /// <summary>The norm and a ReLU.</summary>
    internal Tensor ForwardRectified(Tensor x) => ForwardRectified(x, null);

    private protected override Tensor RunRectified(Tensor x, Tensor? condition) => _statistics.Normalize(x, _gain.Value, _bias.Value, rectifies: true);
}
