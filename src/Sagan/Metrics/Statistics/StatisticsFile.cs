using Sagan.Tensors.Files;

namespace Sagan.Metrics.Statistics;

/// <summary>
/// Files of reference statistics, of every tool that has some: npz archives, pickles of stylegan2-ada and stylegan3 (.pkl), caches
/// of torch-fidelity (.pt). What the tools do not write down, ours puts beside in a JSON file.
/// </summary>
public static class StatisticsFile
{
    /// <summary>Reads a file; its ending tells an archive of torch (.pt, .pth) and a pickle (.pkl, .pickle) from an npz.</summary>
    /// <exception cref="ArrayFileException">The file is damaged, holds no statistics, or they do not fit one another.</exception>
    public static StoredStatistics Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            throw new ArrayFileException(path, "file", "there are no such statistics");

        StatisticsOrigin? origin = OriginFile.Read(path);
        var content = new StatisticsContent(path, Load(path));
        try
        {
            (StatisticsLayout layout, FeatureStatistics? statistics, FeatureSet? features) = content.Find();
            if (origin is not null)
                RequireCount(features?.Count ?? statistics?.Count, origin);
            return new StoredStatistics(path, layout, statistics is null ? null : Complete(statistics, origin), features, origin);
        }
        catch (MetricException error)
        {
            throw new ArrayFileException(path, "statistics", error.Message, error);
        }
    }

    /// <summary>Writes mean and covariance as an npz, uncompressed, or for stylegan as a pickle, and beside it where they come from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="statistics">Mean and covariance.</param>
    /// <param name="origin">Where they come from; null writes nothing beside, and removes what older statistics left there.</param>
    /// <param name="layout">Names of the arrays, those of a mean and a covariance; <see cref="StatisticsLayout.Sums"/> needs the number of pictures.</param>
    /// <exception cref="ArgumentException">The layout has no mean and covariance.</exception>
    public static void Write(string path, FeatureStatistics statistics, StatisticsOrigin? origin, StatisticsLayout layout = StatisticsLayout.MuSigma)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        if (layout == StatisticsLayout.Sums)
        {
            WriteSums(path, statistics, origin);
            return;
        }

        (string mean, string covariance) = layout switch
        {
            StatisticsLayout.MuSigma => ("mu", "sigma"),
            StatisticsLayout.MeanCov => ("mean", "cov"),
            StatisticsLayout.PoolMeanVar => ("pool_mean", "pool_var"),
            _ => throw new ArgumentException($"A file of mean and covariance has no layout {layout}.", nameof(layout)),
        };
        Write(path, origin, (mean, HostArray.Of(statistics.Mean, statistics.Width)), (covariance, HostArray.Of(statistics.Covariance, statistics.Width, statistics.Width)));
    }

    /// <summary>Writes features as an npz that clean-fid reads for KID, and beside it where they come from.</summary>
    /// <param name="path">The file.</param>
    /// <param name="features">The features of each picture.</param>
    /// <param name="origin">Where they come from; null writes nothing beside, and removes what older statistics left there.</param>
    public static void Write(string path, FeatureSet features, StatisticsOrigin? origin)
    {
        ArgumentNullException.ThrowIfNull(features);
        var rows = new float[(long)features.Count * features.Width];
        features.CopyRows(0, features.Count, rows);
        Write(path, origin, ("feats", HostArray.Of<float>(rows, features.Count, features.Width)));
    }

    // What stylegan2-ada and stylegan3 keep of a data set: sums that are not divided yet.
    private static void WriteSums(string path, FeatureStatistics statistics, StatisticsOrigin? origin)
    {
        (double[] sum, double[] products) = statistics.ToSums();
        long width = statistics.Width, count = statistics.Count!.Value;
        Write(path, origin, () => PickleFile.Write(path, new OrderedDictionary<string, object>
        {
            ["capture_all"] = false,
            ["capture_mean_cov"] = true,
            ["max_items"] = count,
            ["num_items"] = count,
            ["num_features"] = width,
            ["all_features"] = System.Array.Empty<object>(),
            ["raw_mean"] = HostArray.Of<double>(sum, width),
            ["raw_cov"] = HostArray.Of<double>(products, width, width),
        }));
    }

    private static void Write(string path, StatisticsOrigin? origin, params (string Name, HostArray Array)[] arrays) =>
        Write(path, origin, () => NpzFile.Write(path, arrays.Select(array => KeyValuePair.Create(array.Name, array.Array)), compress: false));

    private static void Write(string path, StatisticsOrigin? origin, Action write)
    {
        ArgumentNullException.ThrowIfNull(path);
        // What stood beside must not outlive what it was about, should the writing fail in between.
        OriginFile.Remove(path);
        write();
        if (origin is not null)
            OriginFile.Write(path, origin);
    }

    private static object? Load(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".PT" or ".PTH" => TorchArchive.Open(path).Root,
        ".PKL" or ".PICKLE" => PickleFile.Read(path),
        _ => NpzFile.Read(path).ToDictionary(array => (object)array.Key, array => (object?)array.Value),
    };

    private static void RequireCount(long? stored, StatisticsOrigin origin)
    {
        if (stored is not null && stored != origin.Count)
            throw new MetricException($"{stored} pictures, and the JSON file beside says {origin.Count}; they are not of one set");
    }

    /// <summary>What is written beside tells the number of pictures, and what the covariance was divided by.</summary>
    private static FeatureStatistics Complete(FeatureStatistics statistics, StatisticsOrigin? origin)
    {
        if (origin is null || statistics.Count is not null)
            return statistics;

        var counted = new FeatureStatistics(statistics.Mean.ToArray(), statistics.Covariance.ToArray(), origin.Count);
        return origin.Biased ? counted.DividedByCountLessOne() : counted;
    }
}
