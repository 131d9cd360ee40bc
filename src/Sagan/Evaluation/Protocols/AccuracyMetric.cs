using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>Share of conditional pictures that a classifier takes for their class: "GAN-test" (Shmelkov et al. 2018, arXiv:1807.09499).</summary>
/// <param name="Name">As users write it.</param>
/// <param name="Samples">Pictures that are scored; null: all, and of a network 50,000.</param>
public sealed record AccuracyMetric(string Name, int? Samples) : Metric(Name, Samples)
{
    /// <inheritdoc/>
    public override string Meaning => "share of pictures that a classifier of the same classes takes for theirs (GAN-test); needs --features classifier:FILE";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    internal override bool NeedsLogits => true;

    internal override void Require(FeatureExtractor extractor, PictureSeries generated)
    {
        if (extractor.ClassNames.Count == 0)
            throw new MetricException($"{Name}: {extractor.Name} is no classifier of these pictures; take --features classifier:FILE");
        if (!extractor.ClassNames.SequenceEqual(generated.ClassNames))
            throw new MetricException($"{Name}: the classifier knows {Listed(extractor.ClassNames)}, and {generated.Name} has {Listed(generated.ClassNames)}; train one on the same classes");
    }

    internal override IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor)
    {
        FeatureSet logits = generated.Logits!;
        float[] scores = new float[logits.Width];
        int right = 0;
        for (int i = 0; i < logits.Count; i++)
        {
            for (int label = 0; label < scores.Length; label++)
                scores[label] = logits.Row(i)[label] + extractor.LogitBias![label];
            right += LargestOf(scores) == generated.Labels[i] ? 1 : 0;
        }

        return new Dictionary<string, double> { ["accuracy"] = (double)right / logits.Count };
    }

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count == 0 ? "no classes" : $"{names.Count} classes ({string.Join(", ", names.Take(3))}{(names.Count > 3 ? ", …" : "")})";

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
