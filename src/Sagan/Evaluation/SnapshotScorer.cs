using System.Text.Json.Nodes;
using Sagan.Data;
using Sagan.Evaluation.Protocols;
using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Scoring;

namespace Sagan.Evaluation;

/// <summary>Scores the snapshots of a run in training: with the same cards as <c>sagan evaluate</c> makes of them afterwards.</summary>
public sealed class SnapshotScorer : ISnapshotScorer, IDisposable
{
    private readonly IReadOnlyList<Metric> _metrics;
    private readonly FeatureExtractor _extractor;
    private readonly TrainingPictures _pictures;
    private readonly ReferenceCache _cache;
    private readonly Device _device;
    private Evaluator? _evaluator;

    private SnapshotScorer(IReadOnlyList<Metric> metrics, FeatureExtractor extractor, TrainingPictures pictures, ReferenceCache cache, Device device)
    {
        _metrics = metrics;
        _extractor = extractor;
        _pictures = pictures;
        _cache = cache;
        _device = device;
    }

    /// <summary>Told after every batch; null: nobody.</summary>
    public IProgress<DataProgress>? Progress { get; set; }

    /// <summary>Opens what a configuration asks for.</summary>
    /// <param name="config">Of the run.</param>
    /// <param name="dataset">Of the run; stays the caller's and must outlive the scorer.</param>
    /// <param name="device">Where to draw and to look.</param>
    /// <param name="cache">Where features of real pictures are kept; null: the user's cache.</param>
    /// <param name="progress">Told while weights are fetched.</param>
    /// <param name="stop">Stops fetching.</param>
    /// <returns>Null where the configuration asks for no scores.</returns>
    /// <exception cref="ConfigException">There is no such metric or extractor.</exception>
    /// <exception cref="DataException">The extractor's weights are not here and cannot be fetched.</exception>
    /// <exception cref="Tensors.Files.ArrayFileException">The extractor's file is not what it should be.</exception>
    public static SnapshotScorer? Open(
        TrainingConfig config, Dataset dataset, Device device, ReferenceCache? cache = null, IProgress<DownloadProgress>? progress = null, CancellationToken stop = default)
    {
        if (config.Metrics is not { } scoring)
            return null;
        IReadOnlyList<Metric> metrics = MetricBook.ParseAll(scoring.Names);
        ResizeMode? resize = scoring.Resize is { } name ? ResizeMode.Parse(name) : null;
        string features = scoring.Features ?? FeatureExtractors.UsualFor(config.Dataset);
        FeatureExtractor extractor = FeatureExtractors.Open(features, resize, device, progress, stop);
        return new SnapshotScorer(metrics, extractor, new TrainingPictures(config.Dataset, dataset), cache ?? ReferenceCache.Default, device);
    }

    /// <summary>A recipe's own scores for a data set that has fewer pictures than they compare with: of as many as it has.</summary>
    /// <returns>The same configuration where there are enough; without scores where there are fewer than two.</returns>
    public static TrainingConfig Fit(TrainingConfig config, Dataset dataset)
    {
        if (config.Metrics is not { } scoring)
            return config;
        if (dataset.Count < 2)
            return config with { Metrics = null };
        string names = string.Join(',', MetricBook.ParseAll(scoring.Names).Select(metric =>
            metric.Reference == RealPart.Sub && metric.Samples > dataset.Count ? MetricBook.ParseAll(metric.Name, dataset.Count)[0].Name : metric.Name));
        return config with { Metrics = scoring with { Names = names } };
    }

    /// <summary>Looks at the real pictures, once for all scores: what cannot be measured is said before training starts.</summary>
    /// <param name="stop">Ends this, and nothing else.</param>
    /// <exception cref="MetricException">The data has fewer pictures than a metric compares with, or the extractor cannot say what one needs.</exception>
    /// <exception cref="ConfigException">A metric asks for test pictures, and the data has none.</exception>
    public void Prepare(CancellationToken stop = default)
    {
        foreach (Metric metric in _metrics)
            metric.Require(_extractor, _pictures.Series);
        Evaluating(stop).Prepare(_metrics);
    }

    /// <inheritdoc/>
    public void Require(Generator generator)
    {
        if (!generator.IsConditional && _metrics.FirstOrDefault(metric => metric.ByClass) is { } byClass)
            throw new ConfigException("--metrics", $"{byClass.Name}: the generator draws without classes; take fid");
        var pictures = new DrawnPictures(generator, _device, new SampleOrigin("the generator"), _pictures.ClassNames);
        foreach (Metric metric in _metrics)
            metric.Require(_extractor, pictures);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Score> Measure(Generator generator, string run, long images, bool averaged, CancellationToken stop)
    {
        var origin = new SampleOrigin(run) { Images = images, Ema = averaged, BatchNorm = "running", Seed = 0 };
        var pictures = new DrawnPictures(generator, _device, origin, _pictures.ClassNames);
        return [.. _metrics.Zip(Evaluating(stop).Evaluate(_metrics, pictures), (metric, card) => new Score(metric.Name, card.Values, card.ToJson()))];
    }

    /// <inheritdoc/>
    public string? Difference(JsonObject former, JsonObject card)
    {
        try
        {
            MetricCard.FromJson(former).RequireComparable(MetricCard.FromJson(card));
            return null;
        }
        catch (MetricException error)
        {
            return error.Message;
        }
    }

    /// <summary>Frees the extractor.</summary>
    public void Dispose()
    {
        _extractor.Dispose();
        _pictures.Dispose();
    }

    private Evaluator Evaluating(CancellationToken stop)
    {
        _evaluator ??= new Evaluator(_extractor) { Real = _pictures.Of, Cache = _cache, Progress = new Relay(this) };
        _evaluator.Stop = stop;
        return _evaluator;
    }

    private sealed class Relay(SnapshotScorer scorer) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => scorer.Progress?.Report(value);
    }
}
