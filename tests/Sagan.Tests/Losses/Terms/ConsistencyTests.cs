using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Losses.Terms;

/// <summary>CR, bCR and zCR: gradients by finite differences, and what is compared with what.</summary>
public class ConsistencyTests
{
    public static TheoryData<LossTerm> OfDiscriminator { get; } = [new Consistency(), new BalancedConsistency { RealWeight = 2 }, new LatentConsistency { Deviation = 0.7 }];

    [Theory]
    [MemberData(nameof(OfDiscriminator))]
    public void The_discriminator_s_gradients_are_finite_differences(LossTerm term)
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase(HeadKind.Classifier);

        // The generator's running statistics move at every pass; its pictures in training mode do not depend on them.
        GradientCheck.Require(() => term.ForDiscriminator(small.OfDiscriminator(), null)!, small.Weights);
    }

    [Fact]
    public void Latent_consistency_pushes_the_generator_s_pictures_apart()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        var term = new LatentConsistency { Deviation = 0.7 };

        double value = term.ForGenerator(small.OfGenerator(), null).Item();

        Assert.True(value < 0);
        Assert.Equal(2 * value, (term with { GeneratorWeight = 1 }).ForGenerator(small.OfGenerator(), null).Item(), 1e-12);
        Assert.Equal(0, (term with { Deviation = 0 }).ForGenerator(small.OfGenerator(), null).Item(), 1e-12);
        GradientCheck.Require(
            () => term.ForGenerator(small.OfGenerator(), null),
            [.. small.Gan.Generator.NamedParameters().Where(entry => !entry.Name.EndsWith("linear.bias", StringComparison.Ordinal)).Select(entry => (entry.Name, entry.Value.Value))]);
    }

    [Fact]
    public void Verdicts_on_latents_that_do_not_move_do_not_differ()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        LossStep step = small.OfGenerator();

        Assert.Equal(0, new LatentConsistency { Deviation = 0 }.ForDiscriminator(step, null).Item(), 1e-12);
        Assert.True(new LatentConsistency { Deviation = 1 }.ForDiscriminator(step, null).Item() > 0);
    }

    [Fact]
    public void Pictures_that_no_mirror_or_shift_changes_cost_nothing()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        Judgement flat = small.Gan.Discriminator.Judge(Flat(), small.Labels);
        LossStep step = small.OfDiscriminator() with { Real = new Batch(Flat(), small.Labels), RealJudgement = flat };

        Assert.Equal(0, new Consistency().ForDiscriminator(step, null).Item(), 1e-12);
        Assert.Equal(
            new BalancedConsistency { RealWeight = 0 }.ForDiscriminator(step, null).Item(),
            new BalancedConsistency { RealWeight = 3 }.ForDiscriminator(step, null).Item(),
            1e-12);

        static Tensor Flat() => Tensor.Full([3, 1, 4, 4], 0.3, DType.Float64);
    }

    [Fact]
    public void The_change_mirrors_half_of_the_pictures_and_shifts_each_by_up_to_an_eighth()
    {
        using Scope scope = Scope.Open();
        const int count = 200, side = 16;
        Tensor columns = Tensor.From([.. Enumerable.Range(0, side).Select(i => (float)i)], 1, 1, 1, side).Expand(count, 1, side, side);
        Tensor rows = columns.Transpose(2, 3);

        float[] across = FlipAndShift.Apply(columns, TermCase.Draws).ToArray<float>();
        float[] down = FlipAndShift.Apply(rows, TermCase.Draws).ToArray<float>();

        // In the middle of a picture a shift shows undisturbed by the edges.
        const int middle = 8;
        (int Shift, bool Mirrored)[] moves = [.. Enumerable.Range(0, count).Select(n =>
        {
            float here = across[(n * side * side) + middle], next = across[(n * side * side) + middle + 1];
            bool mirrored = next < here;
            return ((int)(mirrored ? side - 1 - here : here) - middle, mirrored);
        })];
        int[] falls = [.. Enumerable.Range(0, count).Select(n => (int)down[(n * side * side) + (middle * side)] - middle)];
        Assert.InRange(moves.Count(move => move.Mirrored), 70, 130);
        Assert.Equal([-2, -1, 0, 1, 2], moves.Select(move => move.Shift).Distinct().Order());
        Assert.Equal([-2, -1, 0, 1, 2], falls.Distinct().Order());
    }

    [Fact]
    public void What_comes_in_at_an_edge_is_the_picture_s_reflection()
    {
        using Scope scope = Scope.Open();
        const int count = 40, side = 8;
        Tensor columns = Tensor.From([.. Enumerable.Range(0, side).Select(i => (float)i)], 1, 1, 1, side).Expand(count, 1, side, side);

        float[] changed = FlipAndShift.Apply(columns, TermCase.Draws).ToArray<float>();

        string[] lines = [.. Enumerable.Range(0, count).Select(n => string.Join(' ', changed[(n * side * side)..((n * side * side) + side)])).Distinct().Order()];
        Assert.Equal(
            ["0 1 2 3 4 5 6 7", "1 0 1 2 3 4 5 6", "1 2 3 4 5 6 7 6", "6 5 4 3 2 1 0 1", "6 7 6 5 4 3 2 1", "7 6 5 4 3 2 1 0"],
            lines);
    }
}
