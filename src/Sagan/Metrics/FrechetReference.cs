using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>Statistics that many sets are compared with, as those of the data during a training: what can be computed of them alone is computed once.</summary>
public sealed class FrechetReference
{
    private readonly FeatureStatistics _statistics;
    private readonly double[] _factor;
    private readonly bool _isTriangular;

    /// <summary>Factors the covariance.</summary>
    public FrechetReference(FeatureStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        _statistics = statistics;
        using Scope scope = Scope.Open();
        CovarianceFactor factor = CovarianceFactor.Of(statistics);
        _factor = factor.Rows.Contiguous().ToArray<double>();
        _isTriangular = factor.IsTriangular;
    }

    /// <summary>The distance of a set, as <see cref="FrechetDistance.Between(FeatureStatistics, FeatureStatistics)"/> computes it; the reference counts as the first set.</summary>
    /// <exception cref="MetricException">The set comes from another extractor.</exception>
    public FrechetDistance To(FeatureStatistics set)
    {
        FrechetDistance.Require(_statistics, set);
        using Scope scope = Scope.Open();
        Tensor rows = Tensor.From(_factor, _factor.Length / set.Width, set.Width);
        return FrechetDistance.Of(_statistics, set, FrechetDistance.RootTrace(new CovarianceFactor(rows, _isTriangular), set));
    }
}
