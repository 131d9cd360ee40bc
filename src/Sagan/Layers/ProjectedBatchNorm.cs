using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Batch norm whose gain and bias are linear in a condition vector (Brock et al. 2019, arXiv:1809.11096).</summary>
/// <remarks>The gain is 1 + W c, as in the authors' PyTorch code; neither linear map has a bias.</remarks>
public sealed class ProjectedBatchNorm : ConditionalLayer
{
    private readonly BatchStatistics _statistics;
    private readonly Linear _gain, _bias;

    /// <param name="channels">C.</param>
    /// <param name="conditionSize">Size of the condition vector.</param>
    /// <param name="initializer">Of both linear maps.</param>
    /// <param name="norm">Spectral norm of both linear maps; null for none.</param>
    /// <param name="momentum">Weight of a new batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="table">Statistics by truncation; null for none.</param>
    public ProjectedBatchNorm(
        int channels, int conditionSize, Initializer initializer, SpectralNorm? norm = null, double momentum = 0.1, double epsilon = 1e-5,
        TruncationTable? table = null)
    {
        _gain = Child("gain", new Linear(conditionSize, channels, initializer, norm, bias: false));
        _bias = Child("bias", new Linear(conditionSize, channels, initializer, norm, bias: false));
        _statistics = Child("statistics", new BatchStatistics(channels, momentum, epsilon, table));
    }

    /// <param name="x">[N, C, H, W].</param>
    /// <param name="condition">[N, condition size].</param>
    protected override Tensor Run(Tensor x, Tensor? condition) => Normalize(x, condition, rectifies: false);

    private protected override Tensor RunRectified(Tensor x, Tensor? condition) => Normalize(x, condition, rectifies: true);

    private Tensor Normalize(Tensor x, Tensor? condition, bool rectifies)
    {
        Tensor vector = Require(condition, x.Size(0));
        return _statistics.Normalize(x, _gain.Forward(vector) + 1, _bias.Forward(vector), rectifies);
    }
}
