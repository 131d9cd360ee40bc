using Sagan.Data;
using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Tensors;

namespace Sagan.Evaluation;

/// <summary>What an extractor said of a series of pictures: all that metrics need to know of one side.</summary>
public sealed class CollectedFeatures
{
    private FeatureStatistics? _statistics;

    /// <param name="statistics">Mean and covariance; null where rows are known, of which they are computed when they are asked for.</param>
    /// <param name="rows">The features of each picture; null where no metric asked for them.</param>
    /// <param name="logits">The logits of each picture; null where no metric asked, or the extractor knows no classes.</param>
    /// <param name="labels">The class of each picture.</param>
    internal CollectedFeatures(FeatureStatistics? statistics, FeatureSet? rows, FeatureSet? logits, IReadOnlyList<long> labels)
    {
        _statistics = statistics;
        Rows = rows;
        Logits = logits;
        Labels = labels;
    }

    /// <summary>Shows all of a series to an extractor.</summary>
    /// <param name="extractor">The extractor.</param>
    /// <param name="pictures">A series with an end.</param>
    /// <param name="rows">Whether each picture's features are kept.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="MetricException">A feature is not finite, or there are fewer than two pictures.</exception>
    public static CollectedFeatures Of(
        FeatureExtractor extractor, PictureSeries pictures, bool rows, IProgress<DataProgress>? progress = null, CancellationToken stop = default)
    {
        int count = pictures.Count ?? throw new ArgumentException("The series has no end.", nameof(pictures));
        return new FeatureCollector(extractor, progress, stop).Collect(pictures, count, rows, logits: false);
    }

    /// <summary>Number of pictures.</summary>
    public int Count => Labels.Count;

    /// <summary>Mean and covariance.</summary>
    public FeatureStatistics Statistics => _statistics ??= Rows!.Statistics();

    /// <summary>The features of each picture; null where no metric asked for them.</summary>
    public FeatureSet? Rows { get; }

    /// <summary>The logits of each picture; null where no metric asked, or the extractor knows no classes.</summary>
    public FeatureSet? Logits { get; }

    /// <summary>The class of each picture.</summary>
    public IReadOnlyList<long> Labels { get; }

    /// <summary>The first pictures alone. Fewer than all need rows.</summary>
    internal CollectedFeatures First(int count) => count == Count
        ? this
        : new CollectedFeatures(null, Rows!.At(Enumerable.Range(0, count)), Logits?.At(Enumerable.Range(0, count)), [.. Labels.Take(count)]);

    /// <summary>Several series behind one another. Needs rows.</summary>
    internal static CollectedFeatures Join(IReadOnlyList<CollectedFeatures> parts)
    {
        var rows = new FeatureSet(parts[0].Rows!.Width);
        foreach (CollectedFeatures part in parts)
        {
            using Scope scope = Scope.Open();
            rows.Add(part.Rows!.Rows(0, part.Count));
        }

        return new CollectedFeatures(null, rows, null, [.. parts.SelectMany(part => part.Labels)]);
    }
}
