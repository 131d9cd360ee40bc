using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class KernelDistanceTests
{
    [Fact]
    public void Numbers_of_numpy_come_out()
    {
        FeatureSet first = SmallFeatures.Of(40, 6, 1), second = SmallFeatures.Of(30, 6, 2);

        KernelDistance distance = KernelDistance.Between(first, second, new KernelDistanceConfig { Subsets = 5, SubsetSize = 10 });

        SmallFeatures.Near(1.5337669944146313, distance.Value);
        SmallFeatures.Near(3.6810163658829, distance.Deviation);
        SmallFeatures.Near(0.06602059351169487, KernelDistance.Estimate(first, second), 1e-11);
        Assert.Equal(5, distance.Each.Count);
    }

    [Theory]
    [InlineData(KernelEstimator.Unbiased)]
    [InlineData(KernelEstimator.Biased)]
    [InlineData(KernelEstimator.UStatistic)]
    public void Sums_run_over_the_pairs_that_the_definition_names(KernelEstimator estimator)
    {
        FeatureSet first = SmallFeatures.Of(1030, 2, 1), second = SmallFeatures.Of(estimator == KernelEstimator.UStatistic ? 1030 : 1100, 2, 2);
        bool inside = estimator == KernelEstimator.Biased, across = estimator != KernelEstimator.UStatistic;
        double expected = Mean(first, first, inside) + Mean(second, second, inside) - (2 * Mean(first, second, across));

        SmallFeatures.Near(expected, KernelDistance.Estimate(first, second, estimator), 1e-9);
    }

    [Theory]
    [InlineData(KernelEstimator.Unbiased)]
    [InlineData(KernelEstimator.Biased)]
    [InlineData(KernelEstimator.UStatistic)]
    public void Many_subsets_of_a_small_set_are_estimated_as_each_alone(KernelEstimator estimator)
    {
        FeatureSet first = SmallFeatures.Of(1100, 3, 1), second = SmallFeatures.Of(1030, 3, 2);
        var config = new KernelDistanceConfig { Subsets = 30, SubsetSize = 700, Estimator = estimator, Kernel = new PolynomialKernel(2) };

        KernelDistance together = KernelDistance.Between(first, second, config);

        double[] alone = [.. KernelDistance.Draw(first, second, config).Select(subset => KernelDistance.Estimate(first.At(subset.First), second.At(subset.Second), estimator, config.Kernel))];
        Assert.Equal(30, alone.Distinct().Count());
        Assert.All(alone.Zip(together.Each), pair => SmallFeatures.Near(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void A_gaussian_kernel_compares_distances()
    {
        double Near(double distance) => Math.Exp(-distance * distance / 8);
        double expected = Near(1) + Near(2) - (2 * (Near(5) + Near(7) + Near(4) + Near(6)) / 4);

        SmallFeatures.Near(expected, KernelDistance.Estimate(SmallFeatures.Line(0, 1), SmallFeatures.Line(5, 7), kernel: new GaussianKernel(2)));
    }

    [Fact]
    public void Too_few_pictures_for_a_subset_are_refused_with_both_numbers()
    {
        FeatureSet set = SmallFeatures.Line(1, 2, 3);

        Assert.Equal(
            "kernel distance: subsets of 1000 pictures cannot be drawn from 3; give more pictures, or smaller subsets",
            Assert.Throws<MetricException>(() => KernelDistance.Between(set, set)).Message);
        Assert.Contains("1 picture in the second set", Assert.Throws<MetricException>(() => KernelDistance.Estimate(set, SmallFeatures.Line(1))).Message, StringComparison.Ordinal);
        Assert.Contains("of one size, here are 3 and 2", Assert.Throws<MetricException>(() => KernelDistance.Estimate(set, SmallFeatures.Line(1, 2), KernelEstimator.UStatistic)).Message, StringComparison.Ordinal);
        Assert.Contains("different extractors", Assert.Throws<MetricException>(() => KernelDistance.Estimate(set, SmallFeatures.Of(4, 2, 1))).Message, StringComparison.Ordinal);
    }

    /// <summary>The polynomial kernel over pairs, one by one.</summary>
    private static double Mean(FeatureSet first, FeatureSet second, bool diagonal)
    {
        double sum = 0;
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < second.Count; j++)
            {
                double product = 0;
                for (int k = 0; k < first.Width; k++)
                    product += (double)first.Row(i)[k] * second.Row(j)[k];
                sum += i == j && !diagonal ? 0 : Math.Pow((product / first.Width) + 1, 3);
            }
        }

        return sum / (diagonal ? (double)first.Count * second.Count : (double)first.Count * (first.Count - 1));
    }
}
