using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Metrics.Statistics;

namespace Sagan.Evaluation;

/// <summary>What generated pictures are compared with: pictures, or statistics that somebody computed of pictures.</summary>
public abstract class Reference
{
    /// <summary>Whose pictures, for cards.</summary>
    public abstract string Name { get; }

    /// <summary>Changes with the pictures; null where nobody can tell.</summary>
    public abstract string? Fingerprint { get; }

    /// <summary>So many of the pictures, evenly spaced.</summary>
    /// <exception cref="MetricException">It cannot be taken apart.</exception>
    internal abstract Reference Sampled(int count);

    /// <summary>What an extractor says of the pictures.</summary>
    /// <param name="extractor">The extractor.</param>
    /// <param name="cache">Where its features of pictures are kept.</param>
    /// <param name="collector">Shows pictures to it.</param>
    /// <param name="rows">Whether each picture's features are needed.</param>
    /// <exception cref="MetricException">The statistics are of another extractor, or say less than is needed.</exception>
    internal abstract CollectedFeatures Features(FeatureExtractor extractor, ReferenceCache cache, FeatureCollector collector, bool rows);
}

/// <summary>Pictures to compare with.</summary>
/// <param name="pictures">A series with an end.</param>
public sealed class PictureReference(PictureSeries pictures) : Reference
{
    /// <inheritdoc/>
    public override string Name => pictures.Name;

    /// <inheritdoc/>
    public override string? Fingerprint => pictures.Fingerprint;

    internal override Reference Sampled(int count) => new PictureReference(pictures.Sampled(count));

    internal override CollectedFeatures Features(FeatureExtractor extractor, ReferenceCache cache, FeatureCollector collector, bool rows) =>
        cache.Of(pictures, extractor, collector, rows);
}

/// <summary>A file of statistics to compare with, ours or another tool's.</summary>
/// <param name="stored">The file.</param>
/// <remarks>Where nothing beside the file says which network and resizing it is of, only the number of features can be checked.</remarks>
public sealed class StatisticsReference(StoredStatistics stored) : Reference
{
    /// <inheritdoc/>
    public override string Name => stored.Origin?.Data ?? Path.GetFileName(stored.Path);

    /// <inheritdoc/>
    public override string? Fingerprint => null;

    internal override Reference Sampled(int count) =>
        throw new MetricException($"{Name}: statistics are of all pictures together; take a metric that ends in _full");

    internal override CollectedFeatures Features(FeatureExtractor extractor, ReferenceCache cache, FeatureCollector collector, bool rows)
    {
        stored.RequireComparable(extractor.FeatureCount, StatisticsOrigin.Of(extractor, 0, "the pictures scored"));
        FeatureSet? features = rows ? stored.RequireFeatures("this metric") : stored.Features;
        long count = stored.Statistics.Count ?? 0;
        return new CollectedFeatures(stored.Statistics, features, null, new long[count]);
    }
}
