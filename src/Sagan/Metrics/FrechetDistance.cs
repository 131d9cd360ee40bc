using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics;

/// <summary>
/// The Fréchet distance of two normal distributions that have the mean and the covariance of two sets of features; of the
/// features of the Inception network it is the FID (Heusel et al. 2017, "GANs trained by a two time-scale update rule").
/// </summary>
/// <remarks>
/// |m₁ - m₂|² + tr S₁ + tr S₂ - 2 tr (S₁S₂)^½. The last trace is computed from a symmetric matrix that has the eigenvalues of
/// S₁S₂, so that nothing complex or infinite can come out, and no multiple of the identity is ever added. It is biased
/// upwards by about 1/N (Chong and Forsyth 2020): never compare figures of different N.
/// </remarks>
/// <param name="Value">The distance, squared as FID is; of equal sets it may lie below zero by rounding.</param>
/// <param name="MeanPart">|m₁ - m₂|².</param>
/// <param name="FirstCount">Pictures of the first set; null where its statistics do not say.</param>
/// <param name="SecondCount">Pictures of the second set; null where its statistics do not say.</param>
public sealed record FrechetDistance(double Value, double MeanPart, long? FirstCount, long? SecondCount)
{
    private const string Name = "Fréchet distance";

    /// <summary>What the covariances contribute: tr S₁ + tr S₂ - 2 tr (S₁S₂)^½.</summary>
    public double CovariancePart => Value - MeanPart;

    /// <summary>The distance from statistics.</summary>
    /// <exception cref="MetricException">They come from different extractors.</exception>
    public static FrechetDistance Between(FeatureStatistics first, FeatureStatistics second)
    {
        Require(first, second);
        using Scope scope = Scope.Open();

        // What is factored loses the zero eigenvalues, of which rounding would make roots of 1e-8: so it is the set of fewer pictures.
        double trace = second.Count < first.Count
            ? RootTrace(CovarianceFactor.Of(second), first)
            : RootTrace(CovarianceFactor.Of(first), second);
        return Of(first, second, trace);
    }

    /// <summary>The distance from the features themselves: where pictures are fewer than features it has all digits, which no form from statistics has.</summary>
    /// <exception cref="MetricException">They come from different extractors, or a set has fewer than two pictures.</exception>
    public static FrechetDistance Between(FeatureSet first, FeatureSet second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        MetricException.RequirePictures(Name, "first", first.Count, 2);
        MetricException.RequirePictures(Name, "second", second.Count, 2);
        FeatureStatistics firstStatistics = first.Statistics(), secondStatistics = second.Statistics();
        Require(firstStatistics, secondStatistics);

        (FeatureSet small, FeatureStatistics smallStatistics, FeatureSet large, FeatureStatistics largeStatistics) = first.Count <= second.Count
            ? (first, firstStatistics, second, secondStatistics)
            : (second, secondStatistics, first, firstStatistics);
        if (small.Count > small.Width)
            return Between(firstStatistics, secondStatistics);

        using Scope scope = Scope.Open();
        CovarianceFactor factor = CovarianceFactor.Of(small, smallStatistics);
        double trace = large.Count > large.Width
            ? RootTrace(factor, largeStatistics, zeros: 1)
            : LinearAlgebra.SingularValues(factor.Rows.MatMul(CovarianceFactor.Of(large, largeStatistics).Rows.Transpose(0, 1))).Sum().Item();
        return Of(firstStatistics, secondStatistics, trace);
    }

    /// <summary>Refuses statistics of different extractors.</summary>
    internal static void Require(FeatureStatistics first, FeatureStatistics second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        MetricException.RequireSameWidth(Name, first.Width, second.Width);
    }

    /// <summary>The distance, once the trace of the root of the product is known.</summary>
    internal static FrechetDistance Of(FeatureStatistics first, FeatureStatistics second, double rootTrace)
    {
        double means = 0;
        for (int i = 0; i < first.Width; i++)
            means += (first.Mean[i] - second.Mean[i]) * (first.Mean[i] - second.Mean[i]);

        return new FrechetDistance(means + first.Trace + second.Trace - (2 * rootTrace), means, first.Count, second.Count);
    }

    /// <summary>tr (S T)^½ from a factor of S.</summary>
    /// <param name="factor">Of S.</param>
    /// <param name="other">T.</param>
    /// <param name="zeros">Eigenvalues that are known to be zero, as one of centred rows is; the root of their rounding is 1e-8.</param>
    internal static double RootTrace(CovarianceFactor factor, FeatureStatistics other, int zeros = 0)
    {
        Tensor product = factor.IntoProduct(other.CovarianceTensor());
        long rank = product.Size(0) - zeros;
        return rank == 0 ? 0 : LinearAlgebra.SymmetricEigenvaluesInPlace(product).Narrow(0, zeros, rank).Clamp(0, null).Sqrt().Sum().Item();
    }
}
