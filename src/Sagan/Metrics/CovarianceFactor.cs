using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics;

/// <summary>
/// Rows F [r, width] with FᵀF = S for a covariance S. The trace of (S T)^½ is the sum of the singular values of F Gᵀ, where
/// GᵀG = T, and the sum of the square roots of the eigenvalues of F T Fᵀ: whatever the factors are.
/// </summary>
internal static class CovarianceFactor
{
    /// <summary>The rows themselves, centred: exact, and the cheapest where there are fewer pictures than features.</summary>
    internal static Tensor Of(FeatureSet set, FeatureStatistics statistics) =>
        (set.Rows(0, set.Count).To(DType.Float64) - statistics.MeanTensor()) / Math.Sqrt(set.Count - 1);

    /// <summary>A factor from statistics alone.</summary>
    internal static Tensor Of(FeatureStatistics statistics) => Triangular(statistics) ?? Spectral(statistics);

    /// <summary>
    /// Cholesky's factor, ten times cheaper than a spectrum; null where there is none. With fewer pictures than features there
    /// is none, and what rounding made of the zero eigenvalues is not to be trusted where it happens to be positive.
    /// </summary>
    private static Tensor? Triangular(FeatureStatistics statistics) => statistics.Count <= statistics.Width
        ? null
        : LinearAlgebra.Cholesky(statistics.CovarianceTensor())?.Transpose(0, 1);

    /// <summary>Eigenvectors scaled by the roots of their eigenvalues, without those that are zero: more than N - 1 there are not, nor any below the rounding of the largest.</summary>
    private static Tensor Spectral(FeatureStatistics statistics)
    {
        (Tensor values, Tensor vectors) = LinearAlgebra.SymmetricEigen(statistics.CovarianceTensor());
        double[] spectrum = values.ToArray<double>();
        double noise = statistics.Width * Math.ScaleB(1, -52) * Math.Max(spectrum[^1], 0);
        int rank = (int)Math.Min(spectrum.Count(value => value > noise), statistics.Count - 1 ?? long.MaxValue);
        int first = spectrum.Length - rank;
        return (vectors.Narrow(1, first, rank) * values.Narrow(0, first, rank).Sqrt()).Transpose(0, 1);
    }
}
