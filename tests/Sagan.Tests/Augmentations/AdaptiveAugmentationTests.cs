using Sagan.Augmentations;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Augmentations;

public class AdaptiveAugmentationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_are_finite_differences(int channels)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor pictures = GradientCheck.Leaf(random, 2, channels, 8, 8);
        var augmentation = new AdaptiveAugmentation { Probability = 1 };
        using Module memory = augmentation.CreateMemory();

        GradientCheck.Require(() => augmentation.Apply(pictures, Draws(), memory), ("pictures", pictures));
    }

    [Fact]
    public void At_probability_0_nothing_changes_and_at_1_everything()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor pictures = Tensor.Normal([16, 3, 8, 8], random);

        Assert.Equal(pictures.ToArray<float>(), Apply(pictures, probability: 0).ToArray<float>());
        Tensor distance = (Apply(pictures, probability: 1) - pictures).Flatten().Norm(1);
        Assert.True(distance.Min().Item() > 0.5);
    }

    [Fact]
    public void The_probability_is_the_share_of_pictures_that_change_in_one_respect()
    {
        using Scope scope = Scope.Open();
        Tensor grey = Tensor.Full([400, 1, 4, 4], 0.5);

        // Of a flat picture in one channel, brightness, contrast and (half the time) inversion show.
        float[] changed = ColourChange.Apply(grey, Draws(), probability: 0.3).ToArray<float>();
        int untouched = Enumerable.Range(0, 400).Count(n => changed[n * 16] == 0.5f);

        Assert.InRange(untouched / 400.0, 0.7 * 0.7 * 0.85 - 0.08, 0.7 * 0.7 * 0.85 + 0.08);
    }

    [Fact]
    public void The_probability_rises_while_real_pictures_are_told_too_surely_and_falls_else()
    {
        using Scope scope = Scope.Open();
        var augmentation = new AdaptiveAugmentation { IntervalUpdates = 2, RampImages = 100 };
        using Module memory = augmentation.CreateMemory();

        double[] course = [.. Enumerable.Range(1, 6).Select(update =>
        {
            // Updates 1 to 4: nine of ten above 0, a mean sign of 0.8. Then seven of ten: 0.4.
            augmentation.Observe(Logits(positive: update <= 4 ? 9 : 7), memory);
            augmentation.Adapt(update, memory);
            return augmentation.Figures(memory).Single().Value;
        })];

        Assert.Equal([0, 0.2, 0.2, 0.4, 0.4, 0.2], course.Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void The_probability_stays_between_0_and_1_and_rests_without_a_target()
    {
        using Scope scope = Scope.Open();
        var falling = new AdaptiveAugmentation { IntervalUpdates = 1, RampImages = 5, Probability = 0.5 };
        using Module low = falling.CreateMemory(), high = falling.CreateMemory(), still = falling.CreateMemory();

        falling.Observe(Logits(positive: 0), low);
        falling.Adapt(1, low);
        falling.Observe(Logits(positive: 10), high);
        falling.Adapt(1, high);
        (falling with { Target = null }).Observe(Logits(positive: 10), still);
        (falling with { Target = null }).Adapt(1, still);

        Assert.Equal(0, falling.Figures(low).Single().Value);
        Assert.Equal(1, falling.Figures(high).Single().Value);
        Assert.Equal(0.5, falling.Figures(still).Single().Value);
    }

    private static Judgement Logits(int positive) =>
        Tensor.From([.. Enumerable.Range(0, 10).Select(i => i < positive ? 0.1f : -3f)], 10);

    private static Tensor Apply(Tensor pictures, double probability)
    {
        var augmentation = new AdaptiveAugmentation { Probability = probability };
        using Module memory = augmentation.CreateMemory();
        return augmentation.Apply(pictures, Draws(), memory);
    }

    private static Draws Draws() => new(7, DrawPurpose.DiscriminatorAugmentation, 0, Device.Cpu);
}
