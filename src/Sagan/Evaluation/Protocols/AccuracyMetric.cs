using Sagan.Metrics;

namespace Sagan.Evaluation.Protocols;

/// <summary>Share of conditional pictures that a classifier takes for their class: "GAN-test" (Shmelkov et al. 2018, arXiv:1807.09499).</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures to draw.</param>
public sealed record AccuracyMetric(string Name, int? Samples) : Metric(Name, Samples)
{
    /// <inheritdoc/>
    public override string Meaning => "share of pictures that a classifier of the same classes takes for theirs (GAN-test); needs --features classifier:FILE";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    internal override bool NeedsLogits => true;

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated)
    {
        FeatureSet logits = generated.Logits ?? throw new MetricException($"{Name}: this extractor knows no classes; take --features classifier:FILE");
        int right = 0;
        for (int i = 0; i < logits.Count; i++)
            right += LargestOf(logits.Row(i)) == generated.Labels[i] ? 1 : 0;
        return new Dictionary<string, double> { ["accuracy"] = (double)right / logits.Count };
    }

    private static int LargestOf(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }
}
