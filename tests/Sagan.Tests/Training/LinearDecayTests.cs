using Sagan.Recipes;
using Sagan.Training;

namespace Sagan.Tests.Training;

public sealed class LinearDecayTests
{
    [Theory]
    [InlineData("sngan-cifar10", 0, 1)]
    [InlineData("sngan-cifar10", 25_000, 0.5)]
    [InlineData("sngan-cifar10", 50_000, 0)]
    [InlineData("sngan-imagenet128", 0, 1)]
    [InlineData("sngan-imagenet128", 400_000, 1)]
    [InlineData("sngan-imagenet128", 425_000, 0.5)]
    [InlineData("sngan-imagenet128", 450_000, 0)]
    public void Published_rates_fall_at_the_published_updates(string recipe, long updates, double factor)
    {
        TrainingConfig config = RecipeBook.Find(recipe)!.Config;
        long images = updates * config.DiscriminatorSteps * config.BatchSize;

        Assert.Equal(factor, config.LearningRateDecay!.FactorAt(images), precision: 12);
    }

    [Fact]
    public void The_factor_is_a_straight_line_that_stops_at_zero()
    {
        var decay = new LinearDecay(100, 200);

        Assert.Equal([1, 1, 0.75, 0.5, 0, 0], new long[] { 0, 100, 125, 150, 200, 1000 }.Select(decay.FactorAt));
    }
}
