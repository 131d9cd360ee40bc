using Sagan.Metrics;
using Sagan.Tensors;

namespace Sagan.Tests.Metrics;

public class FeatureMomentsTests
{
    [Fact]
    public void Batches_of_any_size_give_mean_and_unbiased_covariance()
    {
        using Scope scope = Scope.Open();
        FeatureSet set = SmallFeatures.Of(1300, 3, 1);
        var moments = new FeatureMoments(3);
        for (int start = 0, size = 1; start < set.Count; start += size, size = Math.Min(size * 3, set.Count - start))
            moments.Add(set.Rows(start, Math.Min(size, set.Count - start)));

        FeatureStatistics statistics = moments.Statistics();

        Assert.Equal(1300, statistics.Count);
        Expect(set, statistics, 1e-12);
        Expect(set, set.Statistics(), 1e-12);
    }

    [Fact]
    public void Merging_equals_counting_in_one()
    {
        FeatureSet set = SmallFeatures.Of(1300, 3, 1);
        FeatureMoments first = new(3), second = new(3), empty = new(3);
        for (int i = 0; i < set.Count; i++)
            (i < 700 ? first : second).Append(set.Row(i));

        first.Merge(second);
        first.Merge(empty);
        empty.Merge(first);

        Expect(set, first.Statistics(), 1e-12);
        Expect(set, empty.Statistics(), 1e-12);
        Assert.Equal(600, second.Count);
    }

    [Fact]
    public void Statistics_may_be_taken_between_batches()
    {
        FeatureSet set = SmallFeatures.Of(40, 3, 1);
        var moments = new FeatureMoments(3);
        for (int i = 0; i < 20; i++)
            moments.Append(set.Row(i));
        FeatureStatistics half = moments.Statistics();
        for (int i = 20; i < 40; i++)
            moments.Append(set.Row(i));

        Expect(set.At(Enumerable.Range(0, 20)), half, 1e-12);
        Expect(set, moments.Statistics(), 1e-12);
    }

    [Fact]
    public void Large_means_cost_no_digits()
    {
        FeatureSet set = SmallFeatures.Line([.. Enumerable.Range(0, 2000).Select(i => 65536f + (i % 2 / 128f))]);

        // Two values 1/128 apart, a thousand times each: variance with N - 1.
        SmallFeatures.Near(1 / 65536.0 * 2000 / 1999, set.Statistics().Covariance[0], 1e-12);
    }

    [Fact]
    public void Sums_and_divisors_convert_into_one_another()
    {
        FeatureStatistics expected = SmallFeatures.Line(1, 2, 4).Statistics();

        FeatureStatistics fromSums = FeatureStatistics.FromSums([7], [21], 3);
        FeatureStatistics biased = expected.DividedByCount();

        SmallFeatures.Near(7 / 3.0, fromSums.Mean[0]);
        SmallFeatures.Near(7 / 3.0, fromSums.Covariance[0]);
        SmallFeatures.Near(7 / 3.0, expected.Covariance[0]);
        SmallFeatures.Near(14 / 9.0, biased.Covariance[0]);
        SmallFeatures.Near(7 / 3.0, biased.DividedByCountLessOne().Covariance[0]);
    }

    [Theory]
    [InlineData(float.NaN, "picture 1030 has NaN as feature 17; its pixels are not finite")]
    [InlineData(float.NegativeInfinity, "picture 1030 has infinity as feature 17; its pixels are not finite")]
    public void A_feature_that_is_not_finite_is_refused_by_picture(float value, string message)
    {
        using Scope scope = Scope.Open();
        var rows = new float[1040 * 19];
        rows[(1030 * 19) + 17] = value;
        Tensor features = Tensor.From(rows, 1040, 19);

        Assert.StartsWith(message, Assert.Throws<MetricException>(() => new FeatureMoments(19).Add(features)).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<MetricException>(() => new FeatureSet(19).Add(features)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_of_another_width_are_refused()
    {
        using Scope scope = Scope.Open();
        Tensor features = Tensor.Zeros([2, 5]);

        Assert.Contains("[pictures, 4], this one is [2, 5]", Assert.Throws<MetricException>(() => new FeatureMoments(4).Add(features)).Message, StringComparison.Ordinal);
        Assert.Contains("[pictures, 4], this one is [2, 5]", Assert.Throws<MetricException>(() => new FeatureSet(4).Add(features)).Message, StringComparison.Ordinal);
        Assert.Contains("different extractors", Assert.Throws<MetricException>(() => new FeatureMoments(4).Merge(new FeatureMoments(5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_picture_has_no_covariance() => Assert.Contains(
        "1 picture in the feature set, 2 are needed", Assert.Throws<MetricException>(() => SmallFeatures.Line(1).Statistics()).Message, StringComparison.Ordinal);

    [Fact]
    public void Statistics_that_do_not_fit_are_refused()
    {
        Assert.Contains("a mean of 2 numbers goes with a covariance of 4, here are 3", Assert.Throws<MetricException>(() => new FeatureStatistics([0, 0], [1, 0, 1], 5)).Message, StringComparison.Ordinal);
        Assert.Contains("the covariance holds NaN", Assert.Throws<MetricException>(() => new FeatureStatistics([0], [double.NaN], 5)).Message, StringComparison.Ordinal);
        Assert.Contains("not known", Assert.Throws<MetricException>(() => new FeatureStatistics([0], [1], null).DividedByCount()).Message, StringComparison.Ordinal);
    }

    /// <summary>Compares with the definition.</summary>
    private static void Expect(FeatureSet set, FeatureStatistics statistics, double tolerance)
    {
        for (int i = 0; i < set.Width; i++)
        {
            double mean = Rows(set).Average(row => (double)row[i]);
            SmallFeatures.Near(mean, statistics.Mean[i], tolerance);
            for (int j = 0; j < set.Width; j++)
            {
                double other = Rows(set).Average(row => (double)row[j]);
                double covariance = Rows(set).Sum(row => (row[i] - mean) * (row[j] - other)) / (set.Count - 1);
                Assert.InRange(statistics.Covariance[(i * set.Width) + j] - covariance, -tolerance, tolerance);
            }
        }
    }

    private static IEnumerable<float[]> Rows(FeatureSet set) => Enumerable.Range(0, set.Count).Select(i => set.Row(i).ToArray());
}
