using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>Kernel distance of the features, unbiased (Bińkowski et al. 2018, arXiv:1801.01401).</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures that are scored; null: all, and of a network 50,000.</param>
/// <param name="Part">What they are compared with.</param>
public sealed record KidMetric(string Name, int? Samples, RealPart Part) : Metric(Name, Samples)
{
    /// <inheritdoc/>
    public override string Meaning => "kernel distance of 100 subsets of 1000 (or all, where there are fewer): unbiased, so that few pictures will do";

    /// <inheritdoc/>
    public override bool HigherIsBetter => false;

    /// <inheritdoc/>
    public override RealPart? Reference => Part;

    internal override bool NeedsRows => true;

    internal override string Convention => "torch-fidelity";

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor)
    {
        var usual = new KernelDistanceConfig();
        int size = Math.Min(usual.SubsetSize, Math.Min(real!.Count, generated.Count));
        KernelDistance distance = KernelDistance.Between(generated.Rows!, real.Rows!, usual with { SubsetSize = size });
        return new Dictionary<string, double> { ["kid"] = distance.Value, ["kidDeviation"] = distance.Deviation };
    }
}
