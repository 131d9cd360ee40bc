using Sagan.Augmentations;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Augmentations;

public class DifferentiableAugmentationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_are_finite_differences(int channels)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor pictures = GradientCheck.Leaf(random, 2, channels, 8, 8);

        GradientCheck.Require(() => new DifferentiableAugmentation().Apply(pictures, Draws(), null), ("pictures", pictures));
    }

    [Fact]
    public void The_same_draws_change_pictures_in_the_same_way_and_others_in_another()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor pictures = Tensor.Normal([4, 3, 8, 8], random);
        var augmentation = new DifferentiableAugmentation();

        float[] first = augmentation.Apply(pictures, Draws(), null).ToArray<float>();

        Assert.Equal(first, augmentation.Apply(pictures, Draws(), null).ToArray<float>());
        Assert.NotEqual(first, augmentation.Apply(pictures, Draws(position: 1), null).ToArray<float>());
    }

    [Fact]
    public void Translation_moves_by_up_to_an_eighth_and_lets_zeros_in()
    {
        using Scope scope = Scope.Open();
        const int count = 200, side = 16;
        Tensor ramp = Tensor.From([.. Enumerable.Range(1, side).Select(i => (float)i)], 1, 1, 1, side).Expand(count, 1, side, side);

        float[] moved = Apply(AugmentationPolicy.Translation, ramp).ToArray<float>();

        var shifts = new HashSet<int>();
        for (int n = 0; n < count; n++)
        {
            // Row 8 of 16 is always inside; its column 8 tells the shift, and the row must be the ramp moved by it.
            float[] row = moved[(((n * side) + 8) * side)..(((n * side) + 9) * side)];
            int shift = (int)row[8] - 9;
            shifts.Add(shift);
            Assert.Equal([.. Enumerable.Range(1, side).Select(i => i + shift is >= 1 and <= side ? (float)(i + shift) : 0)], row);
        }

        Assert.Equal([-2, -1, 0, 1, 2], shifts.Order());
    }

    [Fact]
    public void Cutout_blanks_a_square_of_half_the_side_as_far_as_it_lies_inside()
    {
        using Scope scope = Scope.Open();
        const int count = 100, side = 8;
        float[] changed = Apply(AugmentationPolicy.Cutout, Tensor.Full([count, 2, side, side], 3)).ToArray<float>();

        int whole = 0;
        for (int n = 0; n < count; n++)
        {
            int[] blank = [.. Enumerable.Range(0, side * side).Where(i => changed[(n * 2 * side * side) + i] == 0)];
            int height = blank.Select(i => i / side).Distinct().Count(), width = blank.Select(i => i % side).Distinct().Count();
            Assert.Equal(height * width, blank.Length);
            Assert.InRange(height, 2, 4);
            Assert.InRange(width, 2, 4);
            Assert.All(Enumerable.Range(0, side * side), i => Assert.Equal(changed[(n * 2 * side * side) + i], changed[((n * 2) + 1) * side * side + i]));
            whole += blank.Length == 16 ? 1 : 0;
        }

        Assert.InRange(whole, 15, 60);
    }

    [Fact]
    public void Colour_shifts_stretches_and_greys_within_its_ranges()
    {
        using Scope scope = Scope.Open();
        const int count = 300;

        // Flat pictures of a colour whose channels lie 1 apart around 0: only brightness moves their mean.
        Tensor flat = Tensor.From([-1f, 0, 1], 1, 3, 1, 1).Expand(count, 3, 4, 4);
        float[] changed = Apply(AugmentationPolicy.Colour, flat).ToArray<float>();

        double[] means = [.. Enumerable.Range(0, count).Select(n => Enumerable.Range(0, 3).Average(c => (double)changed[((n * 3) + c) * 16]))];
        double[] spreads = [.. Enumerable.Range(0, count).Select(n => (double)(changed[((n * 3) + 2) * 16] - changed[n * 3 * 16]) / 2)];
        Assert.InRange(means.Min(), -0.5, -0.45);
        Assert.InRange(means.Max(), 0.45, 0.5);

        // Saturation 0 … 2 times contrast 0.5 … 1.5.
        Assert.InRange(spreads.Min(), 0, 0.1);
        Assert.InRange(spreads.Max(), 2.3, 3);
        Assert.InRange(spreads.Average(), 0.9, 1.1);
    }

    private static Tensor Apply(AugmentationPolicy policy, Tensor pictures) =>
        new DifferentiableAugmentation { Policies = [policy] }.Apply(pictures, Draws(), null);

    private static Draws Draws(long position = 0) => new(7, DrawPurpose.DiscriminatorAugmentation, position, Device.Cpu);
}
