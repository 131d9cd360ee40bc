namespace Sagan.Metrics.Statistics;

/// <summary>What a file of reference statistics holds. Covariances are unbiased here, whatever the file divided by.</summary>
/// <param name="Path">The file.</param>
/// <param name="Layout">How it names its arrays.</param>
/// <param name="Statistics">Mean and covariance: as stored, or of the stored features.</param>
/// <param name="Features">The features themselves; null where the file has mean and covariance only.</param>
/// <param name="Origin">What is written beside the file; null for files of other tools.</param>
public sealed record StoredStatistics(string Path, StatisticsLayout Layout, FeatureStatistics Statistics, FeatureSet? Features, StatisticsOrigin? Origin)
{
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
        if (Statistics.Width != width)
            throw new MetricException($"{Path}: statistics of {Statistics.Width} features, the extractor here gives {width}; take statistics of the same extractor");
        if (Origin is not null && origin is not null)
            Origin.RequireComparable(origin);
    }
}
