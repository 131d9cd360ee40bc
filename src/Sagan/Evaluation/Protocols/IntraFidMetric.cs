using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>Fréchet distance inside each class, and its mean (Miyato and Koyama 2018, arXiv:1802.05637, section 4.1).</summary>
/// <remarks>As many pictures are drawn of a class as there are real ones, as StudioGAN does; the paper draws 5000 of each.</remarks>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures to draw of each class; null: as many as there are real ones.</param>
/// <param name="Part">What they are compared with.</param>
public sealed record IntraFidMetric(string Name, int? Samples, RealPart Part) : Metric(Name, Samples)
{
    /// <inheritdoc/>
    public override string Meaning => "mean over classes of the Fréchet distance inside the class: a class that went missing cannot hide";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override RealPart? Reference => Part;

    internal override bool NeedsRows => true;

    internal override bool ByClass => true;

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor)
    {
        IntraClassFrechet distances = IntraClassFrechet.Between(real!.Rows!, real.Labels, generated.Rows!, generated.Labels);
        var values = new Dictionary<string, double> { ["intraFid"] = distances.Mean };
        foreach ((long label, FrechetDistance distance) in distances.Classes.OrderBy(entry => entry.Key))
            values[FormattableString.Invariant($"class{label}")] = distance.Value;
        return values;
    }
}
