using System.Security.Cryptography;
using System.Text;
using Sagan.Data;
using Sagan.Metrics.Features;
using Sagan.Metrics.Statistics;

namespace Sagan.Evaluation;

/// <summary>Features of real pictures, computed once for a data set, its size and an extractor, and kept in files.</summary>
/// <param name="folder">Where they are kept.</param>
public sealed class ReferenceCache(string folder)
{
    /// <summary>In $SAGAN_CACHE/features, or sagan/features in the user's cache folder.</summary>
    public static ReferenceCache Default { get; } = new(CacheFolder.Features());

    /// <summary>The features of a whole collection: from the files, or computed and kept there.</summary>
    internal CollectedFeatures Of(PictureSeries pictures, FeatureExtractor extractor, FeatureCollector collector, bool rows)
    {
        int count = pictures.Count ?? throw new ArgumentException("A collection without an end is no reference.", nameof(pictures));
        if (pictures.Fingerprint is not { } fingerprint)
            return collector.Collect(pictures, count, rows, logits: false);

        string file = FileFor(fingerprint, extractor, rows);
        if (!File.Exists(file))
        {
            CollectedFeatures computed = collector.Collect(pictures, count, rows, logits: false);
            TryKeep(file, computed, StatisticsOrigin.Of(extractor, computed.Count, pictures.Name));
            return computed;
        }

        StoredStatistics stored = StatisticsFile.Read(file);
        stored.RequireComparable(extractor.FeatureCount, StatisticsOrigin.Of(extractor, count, pictures.Name));
        return new CollectedFeatures(stored.Statistics, stored.Features, null, [.. pictures.Labels()]);
    }

    private string FileFor(string fingerprint, FeatureExtractor extractor, bool rows)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{fingerprint}|{extractor.Signature}|{extractor.Identity}|{rows}")))[..32];
        return Path.Combine(folder, $"{extractor.Name}-{key}.npz");
    }

    // Where nothing can be kept, a read-only home for instance, the features are as good as any: they are computed again next time.
    private static void TryKeep(string file, CollectedFeatures computed, StatisticsOrigin origin)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (computed.Rows is { } rows)
                StatisticsFile.Write(file, rows, origin);
            else
                StatisticsFile.Write(file, computed.Statistics, origin);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
