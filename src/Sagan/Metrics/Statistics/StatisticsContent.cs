using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Metrics.Statistics;

/// <summary>Looks for statistics among the values of a file, by the names that the tools give them.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="root">Its values.</param>
internal sealed class StatisticsContent(string path, object? root)
{
    private static readonly (string Mean, string Covariance, StatisticsLayout Layout)[] s_moments =
    [
        ("mu", "sigma", StatisticsLayout.MuSigma),
        ("mean", "cov", StatisticsLayout.MeanCov),
        ("pool_mean", "pool_var", StatisticsLayout.PoolMeanVar),
    ];

    private static readonly (string Features, StatisticsLayout Layout)[] s_features =
    [
        ("feats", StatisticsLayout.Feats),
        ("feat", StatisticsLayout.Feat),
        ("real_feats", StatisticsLayout.RealFeats),
    ];

    /// <summary>The statistics, or the features, or both, as the file has them.</summary>
    /// <exception cref="ArrayFileException">There are none, or they do not fit one another.</exception>
    /// <exception cref="MetricException">A value is not finite, or there are too few pictures.</exception>
    internal (StatisticsLayout Layout, FeatureStatistics? Statistics, FeatureSet? Features) Find()
    {
        if (root is HostArray alone)
            return OfFeatures(StatisticsLayout.Tensor, "tensor", alone);
        if (root is not IReadOnlyDictionary<object, object?> values)
            throw Wrong("file", "holds no arrays by name; statistics are mu and sigma, or features");

        foreach ((string mean, string covariance, StatisticsLayout layout) in s_moments)
        {
            if (values.ContainsKey(mean) && values.ContainsKey(covariance))
                return (layout, Moments(Array(values, mean), mean, Array(values, covariance), covariance), null);
        }

        foreach ((string name, StatisticsLayout layout) in s_features)
        {
            if (values.ContainsKey(name))
                return OfFeatures(layout, name, Array(values, name));
        }

        return values.ContainsKey("num_items") ? OfCache(values) : throw Nothing(values);
    }

    private FeatureStatistics Moments(HostArray mean, string meanName, HostArray covariance, string covarianceName)
    {
        long width = mean.Shape is [> 0] ? mean.Shape[0] : throw Wrong(meanName, $"has the shape [{Print(mean)}]; a mean is [features]");
        if (covariance.Shape is not [var rows, var columns] || rows != width || columns != width)
            throw Wrong(covarianceName, $"has the shape [{Print(covariance)}]; with a mean of {width} features it is [{width}, {width}]");

        return new FeatureStatistics(Doubles(mean, meanName), Doubles(covariance, covarianceName), count: null);
    }

    private (StatisticsLayout Layout, FeatureStatistics? Statistics, FeatureSet? Features) OfFeatures(StatisticsLayout layout, string name, HostArray array)
    {
        if (array.Shape is not [_, > 0] || !array.DType.IsFloat())
            throw Wrong(name, $"is {array.DType} of the shape [{Print(array)}]; features are real numbers [pictures, features]");

        return (layout, null, FeatureSet.From(array));
    }

    /// <summary>The dict of stylegan3's FeatureStats: sums, and all features if it was told to keep them (metrics/metric_utils.py).</summary>
    private (StatisticsLayout Layout, FeatureStatistics? Statistics, FeatureSet? Features) OfCache(IReadOnlyDictionary<object, object?> values)
    {
        if (values["num_items"] is not long count)
            throw Wrong("num_items", "is no whole number");

        FeatureSet? features = values.GetValueOrDefault("all_features") is IReadOnlyList<object?> { Count: > 0 } batches ? Join(batches, count) : null;
        if (values.GetValueOrDefault("raw_mean") is null && features is not null)
            return (StatisticsLayout.Sums, null, features);

        HostArray sum = Array(values, "raw_mean"), products = Array(values, "raw_cov");
        long width = sum.Shape is [> 0] ? sum.Shape[0] : throw Wrong("raw_mean", $"has the shape [{Print(sum)}]; a sum is [features]");
        if (products.Shape is not [var rows, var columns] || rows != width || columns != width)
            throw Wrong("raw_cov", $"has the shape [{Print(products)}]; with {width} features it is [{width}, {width}]");
        return (StatisticsLayout.Sums, FeatureStatistics.FromSums(Doubles(sum, "raw_mean"), Doubles(products, "raw_cov"), count), features);
    }

    private FeatureSet Join(IReadOnlyList<object?> batches, long count)
    {
        FeatureSet? features = null;
        foreach (object? batch in batches)
        {
            if (batch is not HostArray { Shape: [_, > 0] } rows)
                throw Wrong("all_features", "holds something that is no array [pictures, features]");

            features ??= new FeatureSet((int)rows.Shape[1]);
            features.Add(rows);
        }

        return features!.Count == count ? features : throw Wrong("all_features", $"holds {features.Count} pictures, and num_items says {count}");
    }

    private HostArray Array(IReadOnlyDictionary<object, object?> values, string name) =>
        values.GetValueOrDefault(name) as HostArray ?? throw Wrong(name, "is missing, or no array");

    private double[] Doubles(HostArray array, string name) => array.DType switch
    {
        DType.Float64 => array.As<double>().ToArray(),
        DType.Float32 => [.. array.ToFloat32().Select(value => (double)value)],
        _ => throw Wrong(name, $"is {array.DType}; statistics are Float64 or Float32"),
    };

    private ArrayFileException Nothing(IReadOnlyDictionary<object, object?> values) => Wrong(
        "file",
        values.ContainsKey("arr_0")
            ? "holds pictures and no statistics; compute statistics of them first"
            : $"holds no statistics: there is neither mu and sigma, mean and cov, pool_mean and pool_var, nor feats, feat, real_feats; there is {string.Join(", ", values.Keys.Take(8))}");

    private ArrayFileException Wrong(string place, string problem) => new(path, place, problem);

    private static string Print(HostArray array) => string.Join(", ", array.Shape.ToArray());
}
