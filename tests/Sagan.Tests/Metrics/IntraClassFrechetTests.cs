using Sagan.Metrics;

namespace Sagan.Tests.Metrics;

public class IntraClassFrechetTests
{
    [Fact]
    public void Each_class_counts_the_same()
    {
        FeatureSet real = SmallFeatures.Line(0, 2, 10, 12, 14), generated = SmallFeatures.Line(1, 3, 5, 15, 17);

        IntraClassFrechet result = IntraClassFrechet.Between(real, [4, 4, 7, 7, 7], generated, [4, 4, 4, 7, 7]);

        // Class 4: means 1 and 3, variances 2 and 4. Class 7: means 12 and 16, variances 4 and 2.
        double spread = Math.Pow(2 - Math.Sqrt(2), 2);
        SmallFeatures.Near(4 + spread, result.Classes[4].Value);
        SmallFeatures.Near(16 + spread, result.Classes[7].Value);
        SmallFeatures.Near(10 + spread, result.Mean);
        Assert.Equal(2, result.Classes[4].FirstCount);
        Assert.Equal(3, result.Classes[4].SecondCount);
    }

    [Fact]
    public void A_class_that_is_missing_on_one_side_is_named() => Assert.Equal(
        "intra-class Fréchet distance, class 1: 0 pictures in the generated set, 2 are needed at least; give more",
        Assert.Throws<MetricException>(() => IntraClassFrechet.Between(SmallFeatures.Line(0, 1, 2, 3), [0, 0, 1, 1], SmallFeatures.Line(0, 1), [0, 0])).Message);

    [Fact]
    public void Labels_must_fit_and_classes_come_once()
    {
        FeatureSet set = SmallFeatures.Line(0, 1);
        var result = new IntraClassFrechet();
        result.Add(0, set, set);

        Assert.Contains("2 pictures and 1 labels in the real set", Assert.Throws<MetricException>(() => IntraClassFrechet.Between(set, [0], set, [0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("class 0 was given twice", Assert.Throws<MetricException>(() => result.Add(0, set, set)).Message, StringComparison.Ordinal);
    }
}
