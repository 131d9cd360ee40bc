namespace Sagan.Tensors.Functional;

/// <summary>Log-likelihoods of classes.</summary>
public static class Likelihood
{
    /// <summary>Mean of -log softmax(scores) at the labels, a scalar.</summary>
    /// <param name="scores">[N, classes].</param>
    /// <param name="labels">[N] of Int64.</param>
    public static Tensor CrossEntropy(Tensor scores, Tensor labels) => s_crossEntropy.Call(scores, labels).Tensor;

    /// <summary>Logarithm of softmax along the last axis, finite where softmax itself would round to zero.</summary>
    public static Tensor LogSoftmax(Tensor scores) => s_logSoftmax.Call(scores, -1).Tensor;

    private static readonly Operator s_crossEntropy = Operator.Find("aten::cross_entropy_loss", 2);
    private static readonly Operator s_logSoftmax = Operator.Find("aten::log_softmax.int", 2);
}
