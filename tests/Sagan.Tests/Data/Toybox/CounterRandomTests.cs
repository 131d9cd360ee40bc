using Sagan.Data.Toybox;

namespace Sagan.Tests.Data.Toybox;

public sealed class CounterRandomTests
{
    [Fact]
    public void The_first_draws_of_seed_1_are_pinned()
    {
        CounterRandom random = new(seed: 1, classIndex: 2, pictureIndex: 3);

        double[] draws = [random.Unit(), random.Unit(), random.Unit()];

        Assert.Equal([0.20115380101228353, 0.64914343505124172, 0.8945768893260142], draws);
    }

    [Theory]
    [InlineData(2, 2, 3)]
    [InlineData(1, 3, 3)]
    [InlineData(1, 2, 4)]
    [InlineData(-1, 2, 3)]
    [InlineData(1, 3, 2)]
    public void Another_seed_class_or_picture_draws_other_numbers(long seed, int classIndex, int pictureIndex)
    {
        CounterRandom random = new(1, 2, 3);
        CounterRandom other = new(seed, classIndex, pictureIndex);

        Assert.NotEqual(random.Unit(), other.Unit());
        Assert.NotEqual(random.Unit(), other.Unit());
    }

    [Fact]
    public void Draws_spread_evenly_over_ten_bins()
    {
        CounterRandom random = new(7, 0, 0);

        int[] bins = new int[10];
        for (int i = 0; i < 10_000; i++)
            bins[random.Below(10)]++;

        // Four standard deviations of a binomial count with p = 0.1 are 120.
        Assert.All(bins, count => Assert.InRange(count, 880, 1120));
    }
}
