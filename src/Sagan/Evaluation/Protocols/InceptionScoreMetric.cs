using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>Inception Score: single pictures sure of a class, all together of many (Salimans et al. 2016, arXiv:1606.03498).</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures that are scored; null: all, and of a network 50,000.</param>
public sealed record InceptionScoreMetric(string Name, int? Samples) : Metric(Name, Samples)
{
    private static readonly InceptionScoreConvention s_convention = InceptionScoreConvention.TorchFidelity;

    /// <inheritdoc/>
    public override string Meaning => "Inception Score: single pictures sure of a class, all together of many; mean and deviation of ten parts";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    internal override bool NeedsLogits => true;

    internal override string Convention => s_convention.Name;

    internal override void Require(FeatureExtractor extractor, PictureSeries generated)
    {
        if (extractor.LogitCount is null)
            throw new MetricException($"{Name}: {extractor.Name} knows no classes; take --features inception or classifier:FILE");
    }

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor)
    {
        InceptionScore score = InceptionScore.Of(generated.Logits!, s_convention);
        return new Dictionary<string, double> { ["is"] = score.Value, ["isDeviation"] = score.Deviation ?? double.NaN };
    }
}
