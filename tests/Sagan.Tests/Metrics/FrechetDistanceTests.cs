using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class FrechetDistanceTests
{
    [Fact]
    public void Numbers_of_scipy_come_out()
    {
        FeatureSet first = SmallFeatures.Of(40, 6, 1), second = SmallFeatures.Of(30, 6, 2);

        SmallFeatures.Near(0.6794152242736633, FrechetDistance.Between(first, second).Value, 1e-11);
        SmallFeatures.Near(0.6794152242736633, FrechetDistance.Between(second.Statistics(), first.Statistics()).Value, 1e-11);
        SmallFeatures.Near(0.6794152242736633, new FrechetReference(first.Statistics()).To(second.Statistics()).Value, 1e-11);
    }

    [Fact]
    public void Few_pictures_of_many_features_keep_all_digits()
    {
        FeatureSet first = SmallFeatures.Of(5, 6, 1), second = SmallFeatures.Of(4, 6, 2), many = SmallFeatures.Of(40, 6, 2);
        double inTwoWays = FrechetDistance.Between(first.Statistics(), many.Statistics()).Value;

        SmallFeatures.Near(5.112318808656182, FrechetDistance.Between(first, second).Value, 1e-7);
        SmallFeatures.Near(FrechetDistance.Between(first, second).Value, FrechetDistance.Between(first.Statistics(), second.Statistics()).Value, 1e-7);
        SmallFeatures.Near(inTwoWays, FrechetDistance.Between(many.Statistics(), first.Statistics()).Value, 1e-12);
        SmallFeatures.Near(inTwoWays, FrechetDistance.Between(first, many).Value, 1e-12);
        SmallFeatures.Near(inTwoWays, FrechetDistance.Between(many, first).Value, 1e-12);
        SmallFeatures.Near(inTwoWays, new FrechetReference(first.Statistics()).To(many.Statistics()).Value, 1e-12);
        SmallFeatures.Near(inTwoWays, new FrechetReference(many.Statistics()).To(first.Statistics()).Value, 1e-7);
    }

    [Fact]
    public void Of_normal_numbers_it_is_the_distance_of_means_and_deviations()
    {
        FrechetDistance distance = FrechetDistance.Between(new FeatureStatistics([3], [4], null), new FeatureStatistics([-1], [25], 9));

        SmallFeatures.Near(16 + 9, distance.Value);
        SmallFeatures.Near(16, distance.MeanPart);
        SmallFeatures.Near(9, distance.CovariancePart);
        Assert.Null(distance.FirstCount);
        Assert.Equal(9, distance.SecondCount);
    }

    [Fact]
    public void Diagonal_covariances_contribute_one_by_one()
    {
        double[] first = [1, 4, 9, 0], second = [4, 0.25, 9, 2];
        double expected = first.Zip(second, (a, b) => Math.Pow(Math.Sqrt(a) - Math.Sqrt(b), 2)).Sum();

        SmallFeatures.Near(expected, FrechetDistance.Between(Diagonal(first), Diagonal(second)).Value);
        SmallFeatures.Near(expected, FrechetDistance.Between(Diagonal(second), Diagonal(first)).Value);
    }

    [Fact]
    public void A_shift_is_its_squared_length()
    {
        FeatureSet set = SmallFeatures.Normal(200, 8, 5), shifted = SmallFeatures.Normal(200, 8, 5, offset: 0.5f);

        Assert.InRange(FrechetDistance.Between(set, shifted).Value, (8 * 0.25) - 1e-5, (8 * 0.25) + 1e-5);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(5)]
    public void A_set_has_no_distance_from_itself(int count)
    {
        FeatureSet set = SmallFeatures.Normal(count, 8, 5);

        Assert.InRange(FrechetDistance.Between(set, set).Value, -1e-12, 1e-12);
        Assert.InRange(FrechetDistance.Between(set.Statistics(), set.Statistics()).Value, -1e-6, 1e-6);
    }

    [Fact]
    public void Features_that_never_change_are_no_trouble()
    {
        FeatureStatistics still = Diagonal([0, 0]), moving = Diagonal([1, 2]);

        SmallFeatures.Near(3, FrechetDistance.Between(still, moving).Value);
        SmallFeatures.Near(3, new FrechetReference(still).To(moving).Value);
        Assert.Equal(0, FrechetDistance.Between(still, still).Value);
    }

    [Fact]
    public void Statistics_of_another_extractor_are_refused()
    {
        FeatureStatistics narrow = Diagonal([1, 2]), wide = Diagonal([1, 2, 3]);
        const string Message = "Fréchet distance: one side has 2 features a picture and the other 3: they come from different extractors; compute both with the same one";

        Assert.Equal(Message, Assert.Throws<MetricException>(() => FrechetDistance.Between(narrow, wide)).Message);
        Assert.Equal(Message, Assert.Throws<MetricException>(() => new FrechetReference(narrow).To(wide)).Message);
    }

    [Fact]
    public void One_picture_is_too_few() => Assert.Equal(
        "Fréchet distance: 1 picture in the second set, 2 are needed at least; give more",
        Assert.Throws<MetricException>(() => FrechetDistance.Between(SmallFeatures.Line(1, 2), SmallFeatures.Line(1))).Message);

    private static FeatureStatistics Diagonal(double[] variances)
    {
        var covariance = new double[variances.Length * variances.Length];
        for (int i = 0; i < variances.Length; i++)
            covariance[i * (variances.Length + 1)] = variances[i];
        return new FeatureStatistics(new double[variances.Length], covariance, null);
    }
}
