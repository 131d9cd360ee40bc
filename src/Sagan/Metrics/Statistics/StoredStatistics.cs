namespace Sagan.Metrics.Statistics;

/// <summary>What a file of reference statistics holds. Covariances are unbiased here, whatever the file divided by.</summary>
public sealed class StoredStatistics
{
    private FeatureStatistics? _statistics;

    internal StoredStatistics(string path, StatisticsLayout layout, FeatureStatistics? statistics, FeatureSet? features, StatisticsOrigin? origin)
    {
        Path = path;
        Layout = layout;
        _statistics = statistics;
        Features = features;
        Origin = origin;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How it names its arrays.</summary>
    public StatisticsLayout Layout { get; }

    /// <summary>The features themselves; null where the file has mean and covariance only.</summary>
    public FeatureSet? Features { get; }

    /// <summary>What is written beside the file; null for files of other tools.</summary>
    public StatisticsOrigin? Origin { get; }

    /// <summary>Features of a picture.</summary>
    public int Width => Features?.Width ?? Statistics.Width;

    /// <summary>Mean and covariance: as stored; of features alone they are computed when they are first asked for.</summary>
    /// <exception cref="MetricException">The file holds features of one picture only.</exception>
    public FeatureStatistics Statistics => _statistics ??= Features!.Statistics();

    /// <summary>The features, for a metric that needs them one by one.</summary>
    /// <param name="metric">Its name, for the message.</param>
    /// <exception cref="MetricException">The file has mean and covariance only.</exception>
    public FeatureSet RequireFeatures(string metric) => Features
        ?? throw new MetricException($"{Path}: holds a mean and a covariance, and {metric} needs the features of each picture; give a file of features, or the pictures");

    /// <summary>Refuses to compare with what another extractor computes.</summary>
    /// <param name="width">Features of a picture there.</param>
    /// <param name="origin">What is known of it; null for nothing but the width.</param>
    /// <exception cref="MetricException">They may not be mixed.</exception>
    public void RequireComparable(int width, StatisticsOrigin? origin)
    {
        if (Width != width)
            throw new MetricException($"{Path}: statistics of {Width} features, the extractor here gives {width}; take statistics of the same extractor");
        if (Origin is not null && origin is not null)
            Origin.RequireComparable(origin);
    }
}
