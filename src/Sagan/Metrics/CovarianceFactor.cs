using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics;

/// <summary>
/// Rows F [r, width] with FᵀF = S for a covariance S. The trace of (S T)^½ is the sum of the singular values of F Gᵀ, where
/// GᵀG = T, and the sum of the square roots of the eigenvalues of F T Fᵀ: whatever the factors are.
/// </summary>
/// <param name="Rows">F.</param>
/// <param name="IsTriangular">Whether F is upper triangular, which saves more than half of a product.</param>
internal readonly record struct CovarianceFactor(Tensor Rows, bool IsTriangular)
{
    private const int Block = 512;

    /// <summary>The rows themselves, centred: exact, and the cheapest where there are fewer pictures than features.</summary>
    internal static CovarianceFactor Of(FeatureSet set, FeatureStatistics statistics) =>
        new((set.Rows(0, set.Count).To(DType.Float64) - statistics.MeanTensor()) / Math.Sqrt(set.Count - 1), IsTriangular: false);

    /// <summary>A factor from statistics alone.</summary>
    internal static CovarianceFactor Of(FeatureStatistics statistics) => Triangular(statistics) is { } rows
        ? new CovarianceFactor(rows, IsTriangular: true)
        : new CovarianceFactor(Spectral(statistics), IsTriangular: false);

    /// <summary>F T Fᵀ, [r, r]; what lies above the diagonal is not to be read. It takes the place of a triangular F.</summary>
    /// <param name="covariance">T, [width, width].</param>
    internal Tensor IntoProduct(Tensor covariance)
    {
        if (!IsTriangular)
            return Rows.MatMul(covariance).MatMul(Rows.Transpose(0, 1));

        // Rows from a place on begin with as many zeros. A symmetric product is known by its lower half, and has its place there.
        long size = Rows.Size(0);
        for (long first = 0; first < size; first += Block)
        {
            using Scope scope = Scope.Open();
            long height = Math.Min(Block, size - first);
            Tensor right = Rows.Narrow(0, first, height).Narrow(1, first, size - first)
                .MatMul(covariance.Narrow(0, first, size - first).Narrow(1, first, size - first));       // [height, size - first]
            for (long second = first; second < size; second += Block)
            {
                long width = Math.Min(Block, size - second);
                Tensor left = Rows.Narrow(0, second, width).Narrow(1, second, size - second);
                Tensor part = left.MatMul(right.Narrow(1, second - first, size - second).Transpose(0, 1));
                Rows.Narrow(0, second, width).Narrow(1, first, height).CopyFrom(part);
            }
        }

        return Rows;
    }

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
