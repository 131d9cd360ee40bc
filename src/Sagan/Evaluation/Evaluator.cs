using Sagan.Data;
using Sagan.Evaluation.Protocols;
using Sagan.Metrics;
using Sagan.Metrics.Features;

namespace Sagan.Evaluation;

/// <summary>Scores series of pictures by several metrics at once: every picture is drawn and looked at once.</summary>
/// <param name="extractor">Stays its owner's.</param>
public sealed class Evaluator(FeatureExtractor extractor)
{
    private readonly Dictionary<(RealPart Part, int Count, bool Rows), (Reference Reference, CollectedFeatures Features)> _real = [];

    // Where one metric needs each picture's features, they serve the others, too.
    private readonly HashSet<(RealPart Part, int Count)> _rowsOf = [];

    /// <summary>The real side, full or test; opened by whoever has it.</summary>
    public required Func<RealPart, Reference> Real { get; init; }

    /// <summary>Where features of real pictures are kept.</summary>
    public ReferenceCache Cache { get; init; } = ReferenceCache.Default;

    /// <summary>Told after every batch.</summary>
    public IProgress<DataProgress>? Progress { get; init; }

    /// <summary>Ends it between two batches.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>Looks at the real pictures that metrics compare with, which otherwise waits for the first score.</summary>
    /// <exception cref="MetricException">There are too few.</exception>
    public void Prepare(IReadOnlyList<Metric> metrics)
    {
        RememberRows(metrics);
        foreach (Metric metric in metrics)
        {
            if (metric.Reference is { } part)
                RealSide(metric, part);
        }
    }

    /// <summary>Scores pictures.</summary>
    /// <param name="metrics">By which metrics.</param>
    /// <param name="generated">The pictures.</param>
    /// <param name="repeats">Times that it is done, with other latents each; more than one needs a network that draws.</param>
    /// <returns>A card for each metric, in their order.</returns>
    /// <exception cref="MetricException">A metric cannot be computed of these pictures.</exception>
    public IReadOnlyList<MetricCard> Evaluate(IReadOnlyList<Metric> metrics, PictureSeries generated, int repeats)
    {
        if (repeats == 1)
            return Evaluate(metrics, generated);
        if (generated is not DrawnPictures drawn)
            throw new MetricException($"{generated.Name}: the pictures are what they are, and scoring them {repeats} times gives one figure; leave repeats out");
        IReadOnlyList<MetricCard>[] all = [.. Enumerable.Range(0, repeats).Select(i => Evaluate(metrics, drawn.WithSeed((generated.Origin.Seed ?? 0) + i)))];
        return [.. metrics.Select((_, place) => MetricCard.Mean([.. all.Select(cards => cards[place])]))];
    }

    /// <summary>Scores pictures once.</summary>
    /// <param name="metrics">By which metrics.</param>
    /// <param name="generated">The pictures.</param>
    /// <returns>A card for each metric, in their order.</returns>
    /// <exception cref="MetricException">A metric cannot be computed of these pictures.</exception>
    public IReadOnlyList<MetricCard> Evaluate(IReadOnlyList<Metric> metrics, PictureSeries generated)
    {
        foreach (Metric metric in metrics)
            metric.Require(extractor, generated);
        RememberRows(metrics);
        var collected = new CollectedSamples(metrics, generated, new FeatureCollector(extractor, Progress, Stop));
        return [.. metrics.Select(metric => Evaluate(metric, collected, generated.Origin))];
    }

    private void RememberRows(IEnumerable<Metric> metrics)
    {
        foreach (Metric metric in metrics.Where(metric => metric.NeedsRows && metric.Reference is not null))
            _rowsOf.Add((metric.Reference!.Value, CountOf(metric)));
    }

    private MetricCard Evaluate(Metric metric, CollectedSamples samples, SampleOrigin origin)
    {
        (Reference Reference, CollectedFeatures Features)? side = metric.Reference is { } part ? RealSide(metric, part) : null;
        CollectedFeatures? real = side?.Features;
        CollectedFeatures generated = metric.ByClass ? samples.ByClass(metric, real!) : samples.Of(metric);
        return new MetricCard
        {
            Metric = extractor.IsStandard ? metric.Name : $"{extractor.Name}:{metric.Name}",
            Values = metric.Measure(real, generated, extractor),
            Extractor = extractor.Name,
            Resize = extractor.Preparation,
            Weights = extractor.Identity,
            Convention = metric.Convention,
            Data = side?.Reference.Name,
            DataFingerprint = side?.Reference.Fingerprint,
            RealCount = real?.Count,
            Generated = origin.Name,
            GeneratedCount = generated.Count,
            Images = origin.Images,
            Ema = origin.Ema,
            BatchNorm = origin.BatchNorm,
            Truncation = origin.Truncation,
            Seed = origin.Seed,
        };
    }

    private (Reference Reference, CollectedFeatures Features) RealSide(Metric metric, RealPart part)
    {
        int count = CountOf(metric);
        bool rows = _rowsOf.Contains((part, count));
        if (_real.TryGetValue((part, count, rows), out (Reference, CollectedFeatures) known))
            return known;
        Reference reference = part == RealPart.Sub ? Real(RealPart.Full).Sampled(count) : Real(part);
        return _real[(part, count, rows)] = (reference, reference.Features(extractor, Cache, new FeatureCollector(extractor, Progress, Stop), rows));
    }

    // Of a part that is not sampled, all.
    private static int CountOf(Metric metric) => metric.Reference != RealPart.Sub
        ? 0
        : metric.Samples ?? throw new MetricException($"{metric.Name}: does not say how many pictures to compare with");
}
