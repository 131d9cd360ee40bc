using Sagan.Classifiers;

namespace Sagan.Tests.Classifiers;

public sealed class ConfusionMatrixTests
{
    [Fact]
    public void Figures_follow_from_the_counts()
    {
        var confusion = new ConfusionMatrix(3);
        foreach ((int label, int guess) in new[] { (0, 0), (0, 0), (0, 1), (0, 2), (0, 2), (1, 1) })
            confusion.Add(label, guess);

        Assert.Equal(0.5, confusion.Accuracy);
        Assert.Equal(0.4, confusion.AccuracyOf(0));
        Assert.Equal(1, confusion.AccuracyOf(1));
        Assert.Null(confusion.AccuracyOf(2));
        Assert.Equal(2, confusion.RivalOf(0));
        Assert.Null(confusion.RivalOf(1));
        Assert.Equal((6, 5, 2), (confusion.Total, confusion.CountOf(0), confusion[0, 2]));
    }

    [Fact]
    public void Without_pictures_nothing_is_told()
    {
        Assert.Equal(0, new ConfusionMatrix(2).Accuracy);
        Assert.Null(new ConfusionMatrix(1).RivalOf(0));
    }

    // By hand: distances of the pairs of class 0 are 5, 5 and 6; those of class 1 are 2.
    [Fact]
    public void Spread_is_the_mean_over_classes_of_root_mean_square_distances()
    {
        var spread = new FeatureSpread(classes: 3, size: 2);
        Assert.Null(spread.Value);

        spread.Add(0, [0, 0]);
        spread.Add(0, [3, 4]);
        spread.Add(0, [6, 0]);
        spread.Add(1, [1, 1]);
        spread.Add(1, [1, 3]);
        spread.Add(2, [9, 9]);

        Assert.Equal((Math.Sqrt((25 + 25 + 36) / 3.0) + 2) / 2, spread.Value!.Value, 1e-9);
    }
}
