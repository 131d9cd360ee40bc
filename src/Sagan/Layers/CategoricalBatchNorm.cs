using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>Batch norm whose gain and bias are looked up by class (de Vries et al. 2017, arXiv:1707.00683).</summary>
/// <remarks>Tables start at 1 and 0 unless told otherwise, as in sngan_projection and the SAGAN authors' code.</remarks>
public sealed class CategoricalBatchNorm : ConditionalLayer
{
    private readonly BatchStatistics _statistics;
    private readonly Parameter _gain, _bias;

    /// <param name="channels">C.</param>
    /// <param name="classes">Rows of the tables.</param>
    /// <param name="momentum">Weight of a new batch in the running statistics.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="deviation">Standard deviation of the tables' initial values.</param>
    public CategoricalBatchNorm(int channels, int classes, double momentum = 0.1, double epsilon = 1e-5, double deviation = 0)
    {
        _gain = Parameter("gain", [classes, channels], new NormalInitializer(deviation, Mean: 1));
        _bias = Parameter("bias", [classes, channels], new NormalInitializer(deviation));
        _statistics = Child("statistics", new BatchStatistics(channels, momentum, epsilon));
    }

    /// <param name="x">[N, C, H, W].</param>
    /// <param name="condition">Labels, [N] of Int64, or shares of classes, [N, classes].</param>
    protected override Tensor Run(Tensor x, Tensor? condition) => Normalize(x, condition, rectifies: false);

    private protected override Tensor RunRectified(Tensor x, Tensor? condition) => Normalize(x, condition, rectifies: true);

    private Tensor Normalize(Tensor x, Tensor? condition, bool rectifies)
    {
        Tensor classes = Require(condition, x.Size(0));
        return _statistics.Normalize(x, ClassRows.Of(_gain.Value, classes), ClassRows.Of(_bias.Value, classes), rectifies);
    }
}
