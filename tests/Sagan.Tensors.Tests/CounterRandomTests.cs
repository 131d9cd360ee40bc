namespace Sagan.Tensors.Tests;

public sealed class CounterRandomTests
{
    [Fact]
    public void The_first_draws_of_a_stream_are_pinned()
    {
        CounterRandom random = new(seed: 1, stream: (2UL << 32) | 3);

        double[] draws = [random.Unit(), random.Unit(), random.Unit()];

        Assert.Equal([0.20115380101228353, 0.64914343505124172, 0.8945768893260142], draws);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    [InlineData(-1, 2)]
    public void Another_seed_or_stream_draws_other_numbers(long seed, ulong stream)
    {
        CounterRandom random = new(1, 2);
        CounterRandom other = new(seed, stream);

        Assert.NotEqual(random.Unit(), other.Unit());
        Assert.NotEqual(random.Unit(), other.Unit());
    }

    [Fact]
    public void Draws_spread_evenly_over_ten_bins()
    {
        CounterRandom random = new(7, 0);

        int[] bins = new int[10];
        for (int i = 0; i < 10_000; i++)
            bins[random.Below(10)]++;

        // Four standard deviations of a binomial count with p = 0.1 are 120.
        Assert.All(bins, count => Assert.InRange(count, 880, 1120));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_tails_of_a_standard_normal()
    {
        CounterRandom random = new(3, 1);
        float[] values = new float[200_001];

        random.FillNormal(values);

        // Four standard errors at this size: 0.009 of the mean, 0.013 of the variance, 0.0019 of the share beyond 1.96.
        double mean = values.Average();
        Assert.InRange(mean, -0.009, 0.009);
        Assert.InRange(values.Average(value => (value - mean) * (value - mean)), 1 - 0.013, 1 + 0.013);
        Assert.InRange(values.Count(value => Math.Abs(value) > 1.959964f) / (double)values.Length, 0.0481, 0.0519);
    }
}
