using Sagan.Tensors;

namespace Sagan.Tests.Metrics.Features;

/// <summary>The Fréchet distance, written down for tests of features without the program's own.</summary>
internal static class FrechetOfFeatures
{
    private static readonly Operator s_eigenvalues = Operator.Find("aten::linalg_eigvalsh", 1);
    private static readonly Operator s_eigen = Operator.Find("aten::linalg_eigh", 1);

    /// <summary>|m - n|² + tr S + tr T - 2 tr (S T)^½ of two sets [N, d].</summary>
    internal static double Distance(Tensor first, Tensor second)
    {
        using Scope scope = Scope.Open();
        (Tensor m, Tensor s) = Moments(first);
        (Tensor n, Tensor t) = Moments(second);
        Results eigen = s_eigen.Call(s);
        Tensor vectors = eigen.TensorAt(1);
        Tensor root = (vectors * eigen.TensorAt(0).Clamp(0, null).Sqrt()).MatMul(vectors.Transpose(0, 1));
        double cross = s_eigenvalues.Call(root.MatMul(t).MatMul(root)).Tensor.Clamp(0, null).Sqrt().Sum().Item();
        return (m - n).Square().Sum().Item() + s.Diagonal().Sum().Item() + t.Diagonal().Sum().Item() - (2 * cross);
    }

    /// <summary>The smallest variance in any direction as a share of the largest.</summary>
    internal static double Flatness(Tensor features)
    {
        using Scope scope = Scope.Open();
        double[] values = s_eigenvalues.Call(Moments(features).Covariance).Tensor.ToArray<double>();
        return values[0] / values[^1];
    }

    private static (Tensor Mean, Tensor Covariance) Moments(Tensor features)
    {
        Tensor x = features.To(DType.Float64);
        Tensor mean = x.Mean(0), centred = x - mean;
        return (mean, centred.Transpose(0, 1).MatMul(centred) / (x.Size(0) - 1));
    }
}
