using Sagan.Metrics;
using Sagan.Metrics.Statistics;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Metrics.Statistics;

public sealed class StatisticsFileTests : IDisposable
{
    private static readonly StatisticsOrigin s_origin = new() { Extractor = "inception-2015-12-05", Resize = "tf1-bilinear", Weights = "6726825d", Count = 40, Data = "cifar10 train" };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sagan-statistics-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SharedTheory("fixtures/metrics/stats")]
    [InlineData("pytorch_fid.npz", StatisticsLayout.MuSigma, null, 1e-14)]
    [InlineData("edm.npz", StatisticsLayout.MuSigma, null, 1e-14)]
    [InlineData("adm_like.npz", StatisticsLayout.MuSigma, null, 1e-14)]
    [InlineData("fortran_order.npz", StatisticsLayout.MuSigma, null, 1e-14)]
    [InlineData("float32.npz", StatisticsLayout.MuSigma, null, 1e-7)]
    [InlineData("sngan_projection.npz", StatisticsLayout.MeanCov, null, 1e-14)]
    [InlineData("biggan_tf_pool.npz", StatisticsLayout.PoolMeanVar, null, 1e-14)]
    [InlineData("torch_fidelity_cache.pt", StatisticsLayout.MuSigma, null, 2e-6)] // That tool averages in single precision.
    [InlineData("stylegan3_gan_metrics.pkl", StatisticsLayout.Sums, 2000L, 1e-13)]
    [InlineData("stylegan3_gan_metrics_all.pkl", StatisticsLayout.Sums, 100L, 1e-13)]
    [InlineData("clean_fid_kid_feats.npz", StatisticsLayout.Feats, 100L, 1e-14)]
    [InlineData("studiogan_feats.npz", StatisticsLayout.RealFeats, 100L, 1e-14)]
    public void Files_of_every_tool_are_read(string name, StatisticsLayout layout, long? count, double tolerance)
    {
        FeatureSet all = MetricFixtures.Features("features64_a"), first = all.At(Enumerable.Range(0, 100));

        StoredStatistics stored = StatisticsFile.Read(MetricFixtures.File($"stats/{name}"));

        Assert.Equal((layout, count), (stored.Layout, stored.Statistics.Count));
        Expect((count == 100 ? first : all).Statistics(), stored.Statistics, tolerance);
        Assert.Equal(count == 100, stored.Features is not null);
        if (stored.Features is not null)
            Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(first.Row(i).ToArray(), stored.Features.Row(i).ToArray()));
    }

    [Theory]
    [InlineData(StatisticsLayout.MuSigma, "mu,sigma")]
    [InlineData(StatisticsLayout.MeanCov, "mean,cov")]
    [InlineData(StatisticsLayout.PoolMeanVar, "pool_mean,pool_var")]
    public void What_is_written_is_read_again(StatisticsLayout layout, string names)
    {
        FeatureStatistics statistics = SmallFeatures.Of(40, 6, 1).Statistics();

        StatisticsFile.Write(In("a.npz"), statistics, s_origin, layout);
        StoredStatistics stored = StatisticsFile.Read(In("a.npz"));

        Assert.Equal(names.Split(','), NpzFile.Read(In("a.npz")).Keys);
        Assert.Equal((layout, s_origin), (stored.Layout, stored.Origin));
        Assert.Equal(40, stored.Statistics.Count);
        Expect(statistics, stored.Statistics, 0);
    }

    [Fact]
    public void Sums_are_written_as_stylegan_keeps_them()
    {
        string path = Path.Combine(_folder.FullName, "sums.pkl");
        var statistics = new FeatureStatistics([1, -2], [2, 0.5, 0.5, 3], 10);

        StatisticsFile.Write(path, statistics, null, StatisticsLayout.Sums);

        var values = (IReadOnlyDictionary<object, object?>)PickleFile.Read(path)!;
        StoredStatistics stored = StatisticsFile.Read(path);
        Assert.Equal((false, true, 10L, 2L), (values["capture_all"], values["capture_mean_cov"], values["num_items"], values["num_features"]));
        Assert.Equal([10, -20], ((HostArray)values["raw_mean"]!).As<double>().ToArray());
        Assert.Equal([28, -15.5, -15.5, 67], ((HostArray)values["raw_cov"]!).As<double>().ToArray());
        Assert.Equal((StatisticsLayout.Sums, 10L), (stored.Layout, stored.Statistics.Count));
        Assert.Equal([2, 0.5, 0.5, 3], stored.Statistics.Covariance.ToArray().Select(value => Math.Round(value, 12)));
        Assert.Throws<MetricException>(() => StatisticsFile.Write(path, new FeatureStatistics([1], [2], null), null, StatisticsLayout.Sums));
    }

    [Fact]
    public void Features_are_written_as_clean_fid_reads_them()
    {
        FeatureSet set = SmallFeatures.Of(40, 6, 1);

        StatisticsFile.Write(In("a.npz"), set, origin: null);
        StoredStatistics stored = StatisticsFile.Read(In("a.npz"));

        Assert.Equal((StatisticsLayout.Feats, (StatisticsOrigin?)null), (stored.Layout, stored.Origin));
        Assert.Equal(set.Row(39).ToArray(), stored.RequireFeatures("KID").Row(39).ToArray());
        Expect(set.Statistics(), stored.Statistics, 0);
    }

    [Fact]
    public void A_covariance_divided_by_the_count_is_corrected()
    {
        FeatureStatistics statistics = SmallFeatures.Of(40, 6, 1).Statistics();

        StatisticsFile.Write(In("a.npz"), statistics.DividedByCount(), s_origin with { Biased = true });

        Expect(statistics, StatisticsFile.Read(In("a.npz")).Statistics, 1e-14);
    }

    [Fact]
    public void What_stood_beside_older_statistics_goes_with_them()
    {
        FeatureStatistics statistics = SmallFeatures.Of(40, 6, 1).Statistics();
        StatisticsFile.Write(In("a.npz"), statistics, s_origin);

        StatisticsFile.Write(In("a.npz"), statistics, origin: null);

        Assert.Null(StatisticsFile.Read(In("a.npz")).Origin);
    }

    [Fact]
    public void A_cache_of_features_of_torch_fidelity_is_a_tensor_alone()
    {
        FeatureSet set = SmallFeatures.Of(10, 3, 1);
        TorchWriter.Write(In("a.pt"), HostArray.Of<float>([.. Enumerable.Range(0, 10).SelectMany(i => set.Row(i).ToArray())], 10, 3));

        StoredStatistics stored = StatisticsFile.Read(In("a.pt"));

        Assert.Equal(StatisticsLayout.Tensor, stored.Layout);
        Expect(set.Statistics(), stored.Statistics, 0);
    }

    [Fact]
    public void Statistics_of_another_way_of_computing_are_not_mixed()
    {
        StatisticsFile.Write(In("a.npz"), SmallFeatures.Of(40, 6, 1).Statistics(), s_origin);
        StoredStatistics stored = StatisticsFile.Read(In("a.npz"));

        stored.RequireComparable(6, s_origin with { Count = 7, Data = "a run" });
        stored.RequireComparable(6, null);
        Assert.Equal(
            $"{In("a.npz")}: statistics of 6 features, the extractor here gives 2048; take statistics of the same extractor",
            Assert.Throws<MetricException>(() => stored.RequireComparable(2048, null)).Message);
        Assert.Equal(
            "statistics of 'cifar10 train' (resizing tf1-bilinear) and of 'a run' (resizing clean) cannot be compared; compute both in one way",
            Assert.Throws<MetricException>(() => stored.RequireComparable(6, s_origin with { Resize = "clean", Data = "a run" })).Message);
        Assert.Contains("(extractor", Assert.Throws<MetricException>(() => stored.RequireComparable(6, s_origin with { Extractor = "other" })).Message, StringComparison.Ordinal);
        Assert.Contains("(weights 6726825d)", Assert.Throws<MetricException>(() => stored.RequireComparable(6, s_origin with { Weights = "00" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_of_single_pictures_says_that_moments_are_not_enough()
    {
        StatisticsFile.Write(In("a.npz"), SmallFeatures.Of(40, 6, 1).Statistics(), null);

        var error = Assert.Throws<MetricException>(() => StatisticsFile.Read(In("a.npz")).RequireFeatures("KID"));

        Assert.Equal($"{In("a.npz")}: holds a mean and a covariance, and KID needs the features of each picture; give a file of features, or the pictures", error.Message);
    }

    [Fact]
    public void Files_that_hold_no_statistics_say_what_they_hold()
    {
        Assert.Contains("there is x, y", Refusal(("x", 3, [3]), ("y", 1, [1])), StringComparison.Ordinal);
        Assert.Contains("holds pictures and no statistics", Refusal(("arr_0", 12, [1, 2, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("sigma: has the shape [2, 3]; with a mean of 2 features it is [2, 2]", Refusal(("mu", 2, [2]), ("sigma", 6, [2, 3])), StringComparison.Ordinal);
        Assert.Contains("mu: has the shape [1, 2]", Refusal(("mu", 2, [1, 2]), ("sigma", 4, [2, 2])), StringComparison.Ordinal);
        Assert.Contains("feats: is Float64 of the shape [4]", Refusal(("feats", 4, [4])), StringComparison.Ordinal);
    }

    [Fact]
    public void Features_of_one_picture_have_no_statistics()
    {
        StatisticsFile.Write(In("a.npz"), SmallFeatures.Of(1, 6, 1), s_origin with { Count = 1 });
        StoredStatistics stored = StatisticsFile.Read(In("a.npz"));

        Assert.Equal(6, stored.Width);
        Assert.Contains("1 picture in the feature set", Assert.Throws<MetricException>(() => stored.Statistics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_are_not_divided_by_anything()
    {
        FeatureSet set = SmallFeatures.Of(40, 6, 1);

        StatisticsFile.Write(In("a.npz"), set, s_origin with { Biased = true });

        Expect(set.Statistics(), StatisticsFile.Read(In("a.npz")).Statistics, 0);
    }

    [Fact]
    public void What_is_damaged_is_refused_with_its_name()
    {
        NpzFile.Write(In("nan.npz"), [KeyValuePair.Create("mu", HostArray.Of([double.NaN], 1)), KeyValuePair.Create("sigma", HostArray.Of([1.0], 1, 1))]);
        StatisticsFile.Write(In("count.npz"), SmallFeatures.Of(39, 6, 1), s_origin);
        StatisticsFile.Write(In("json.npz"), SmallFeatures.Of(40, 6, 1), s_origin);
        File.WriteAllText(In("json.npz.json"), "{ \"format\": \"sagan-statistics-1\", \"origin\": { \"extractr\": 1 } }");

        Assert.Contains("nan.npz: statistics: statistics: the mean holds NaN", Assert.Throws<ArrayFileException>(() => StatisticsFile.Read(In("nan.npz"))).Message, StringComparison.Ordinal);
        Assert.Contains("39 pictures, and the JSON file beside says 40", Assert.Throws<ArrayFileException>(() => StatisticsFile.Read(In("count.npz"))).Message, StringComparison.Ordinal);
        Assert.Contains("json.npz.json: json:", Assert.Throws<ArrayFileException>(() => StatisticsFile.Read(In("json.npz"))).Message, StringComparison.Ordinal);
        Assert.Contains("no such statistics", Assert.Throws<ArrayFileException>(() => StatisticsFile.Read(In("none.npz"))).Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Refusal(params (string Name, int Count, long[] Shape)[] arrays)
    {
        NpzFile.Write(In("x.npz"), arrays.Select(array => KeyValuePair.Create(array.Name, HostArray.Of<double>(new double[array.Count], array.Shape))));
        return Assert.Throws<ArrayFileException>(() => StatisticsFile.Read(In("x.npz"))).Message;
    }

    private static void Expect(FeatureStatistics expected, FeatureStatistics actual, double tolerance)
    {
        Assert.Equal(expected.Width, actual.Width);
        double[] means = expected.Mean.ToArray(), covariances = expected.Covariance.ToArray();
        double meanScale = means.Max(Math.Abs), covarianceScale = covariances.Max(Math.Abs);
        for (int i = 0; i < means.Length; i++)
            Assert.InRange(actual.Mean[i] - means[i], -tolerance * meanScale, tolerance * meanScale);
        for (int i = 0; i < covariances.Length; i++)
            Assert.InRange(actual.Covariance[i] - covariances[i], -tolerance * covarianceScale, tolerance * covarianceScale);
    }
}
