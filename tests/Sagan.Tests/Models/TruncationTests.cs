using Sagan.Models;

namespace Sagan.Tests.Models;

public sealed class TruncationTests
{
    private const int Size = 128;

    [Theory]
    [InlineData(0.02, TruncationMode.Resample)]
    [InlineData(0.5, TruncationMode.Resample)]
    [InlineData(1.5, TruncationMode.Resample)]
    [InlineData(0.02, TruncationMode.Scale)]
    [InlineData(0.5, TruncationMode.Scale)]
    [InlineData(1, TruncationMode.Scale)]
    public void Latents_are_a_normal_distribution_cut_off_at_both_ends(double threshold, TruncationMode mode)
    {
        double bound = mode == TruncationMode.Resample ? threshold : 2, factor = mode == TruncationMode.Resample ? 1 : threshold;
        double expected = factor * factor * CutVariance(bound);

        double[] values = [.. Enumerable.Range(0, 400).SelectMany(i => Draw(i, new Truncation(threshold, mode))).Select(value => (double)value)];

        // Of 51,200 numbers, whose mean deviates by 0.0044 deviations and whose square by less than a hundredth.
        Assert.True(values.Max(Math.Abs) <= bound * factor * (1 + 1e-6));
        Assert.InRange(values.Average() / Math.Sqrt(expected), -0.02, 0.02);
        Assert.InRange(values.Average(value => value * value) / expected, 0.975, 1.025);
    }

    [Fact]
    public void The_published_modules_deviate_by_0_8796_at_full_scale()
    {
        Assert.Equal(0.8796, Math.Sqrt(CutVariance(2)), 4);
    }

    [Fact]
    public void What_lies_inside_the_threshold_stays_as_it_was()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            float[] whole = Draw(seed, null), wide = Draw(seed, new Truncation(1)), narrow = Draw(seed, new Truncation(0.5));

            Assert.All(whole.Zip(wide).Where(pair => Math.Abs(pair.First) <= 1), pair => Assert.Equal(pair.First, pair.Second));
            Assert.All(wide.Zip(narrow).Where(pair => Math.Abs(pair.First) <= 0.5), pair => Assert.Equal(pair.First, pair.Second));
            Assert.NotEqual(whole, wide);
            Assert.NotEqual(wide, narrow);
        }
    }

    [Fact]
    public void Beyond_all_latents_nothing_is_truncated()
    {
        Assert.Equal(Draw(3, null), Draw(3, new Truncation(9)));
    }

    [Fact]
    public void Draws_depend_on_seed_and_position_alone()
    {
        float[] fifth = Draw(5, new Truncation(0.3));
        var latents = new Latents(Size, 10, seed: 0, DrawPurpose.Sample) { Truncation = new Truncation(0.3) };
        float[] z = new float[Size];

        for (int position = 9; position >= 5; position--)
            latents.Draw(position, z);

        Assert.Equal(fifth, z);
        Assert.NotEqual(fifth, Draw(6, new Truncation(0.3)));
        Assert.Equal(Size, fifth.Distinct().Count());
    }

    [Theory]
    [InlineData(0, TruncationMode.Resample)]
    [InlineData(-1, TruncationMode.Resample)]
    [InlineData(0.001, TruncationMode.Scale)]
    [InlineData(double.NaN, TruncationMode.Resample)]
    [InlineData(double.PositiveInfinity, TruncationMode.Resample)]
    [InlineData(1.5, TruncationMode.Scale)]
    public void Thresholds_out_of_range_are_refused(double threshold, TruncationMode mode)
    {
        var error = Assert.Throws<ConfigException>(() => new Truncation(threshold, mode));

        Assert.Contains("choose", error.Message, StringComparison.Ordinal);
    }

    // Of a standard normal distribution cut off at ± bound: 1 - 2 b φ(b) / (Φ(b) - Φ(-b)), the integral by the midpoint rule.
    private static double CutVariance(double bound)
    {
        const int Steps = 20_000;
        double inside = 0, step = 2 * bound / Steps;
        for (int i = 0; i < Steps; i++)
            inside += Density(-bound + ((i + 0.5) * step)) * step;
        return 1 - (2 * bound * Density(bound) / inside);
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    private static float[] Draw(long position, Truncation? truncation)
    {
        float[] z = new float[Size];
        new Latents(Size, 10, seed: 0, DrawPurpose.Sample) { Truncation = truncation }.Draw(position, z);
        return z;
    }
}
