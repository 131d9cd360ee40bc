using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>
/// Precision and recall (Kynkäänniemi et al. 2019, arXiv:1904.06991) with k = 3 and the border inside, or with density and
/// coverage (Naeem et al. 2020, arXiv:2002.09797) with k = 5 and the border outside.
/// </summary>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures that are scored; null: all, and of a network 50,000.</param>
/// <param name="Part">What they are compared with.</param>
/// <param name="Neighbours">k.</param>
/// <param name="WithDensity">Whether density and coverage are told.</param>
public sealed record NeighbourhoodMetric(string Name, int? Samples, RealPart Part, int Neighbours, bool WithDensity) : Metric(Name, Samples)
{
    /// <inheritdoc/>
    public override string Meaning => WithDensity
        ? "precision, recall, density and coverage of neighbourhoods, as prdc and StudioGAN"
        : "precision (looks real) and recall (nothing is missing) of neighbourhoods, as torch-fidelity and stylegan3";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override RealPart? Reference => Part;

    internal override bool NeedsRows => true;

    internal override string Convention => WithDensity ? "prdc" : "torch-fidelity";

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor)
    {
        PrecisionRecall found = PrecisionRecall.Between(real!.Rows!, generated.Rows!, Neighbours, WithDensity ? Border.Outside : Border.Inside);
        var values = new Dictionary<string, double> { ["precision"] = found.Precision, ["recall"] = found.Recall };
        if (WithDensity)
            (values["density"], values["coverage"]) = (found.Density, found.Coverage);
        return values;
    }
}
