using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>Fréchet distance of the features (Heusel et al. 2017, arXiv:1706.08500).</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures that are scored; null: all, and of a network 50,000.</param>
/// <param name="Part">What they are compared with.</param>
public sealed record FidMetric(string Name, int? Samples, RealPart Part) : Metric(Name, Samples)
{
    /// <inheritdoc/>
    public override string Meaning => "Fréchet distance: how far the distributions of features lie apart";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override RealPart? Reference => Part;

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor) =>
        new Dictionary<string, double> { ["fid"] = FrechetDistance.Between(real!.Statistics, generated.Statistics).Value };
}
