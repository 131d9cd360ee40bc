namespace Sagan.Tensors.Functional;

/// <summary>Normalisation over the batch.</summary>
public static class Normalization
{
    /// <summary>Batch norm of [N, C, H, W]; in training the batch's statistics are used and blended into the running ones.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="gain">[C] or none.</param>
    /// <param name="bias">[C] or none.</param>
    /// <param name="runningMean">[C], changed in place in training; none to leave no trace.</param>
    /// <param name="runningVariance">[C], unbiased, changed in place in training.</param>
    /// <param name="training">True: the batch's statistics; false: the running ones.</param>
    /// <param name="momentum">Weight of the new value in the running one.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public static Tensor BatchNorm(
        Tensor x, Tensor? gain, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum, double epsilon) =>
        s_batchNorm.Call(x, gain, bias, runningMean, runningVariance, training, momentum, epsilon, false).Tensor;

    private static readonly Operator s_batchNorm = Operator.Find("aten::batch_norm", 9);
}
