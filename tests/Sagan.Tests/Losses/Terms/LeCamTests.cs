using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Losses.Terms;

public class LeCamTests
{
    [Fact]
    public void Averages_take_the_batch_in_first_and_the_term_is_measured_by_them()
    {
        using Scope scope = Scope.Open();
        var term = new LeCam { Weight = 2, Decay = 0.5, StartImages = 100 };
        using var memory = (LeCamMemory)term.CreateMemory();

        Tensor? before = term.ForDiscriminator(Step(real: [1, 3], fake: [-1, -3], images: 100), memory);
        Tensor after = term.ForDiscriminator(Step(real: [4, 0], fake: [0, 4], images: 101), memory)!;

        // Before the start: the last batch's means, 2 and -2. Then (2 + 2) / 2 = 2 and (-2 + 2) / 2 = 0.
        Assert.Null(before);
        Assert.Equal(2, memory.Real.Item(), 1e-6);
        Assert.Equal(0, memory.Fake.Item(), 1e-6);
        Assert.Equal(2 * ((16 + 0) / 2.0 + (4 + 0) / 2.0), after.Item(), 1e-5);
    }

    [Fact]
    public void Gradients_are_finite_differences_while_the_averages_rest()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor real = GradientCheck.Leaf(random, 6), fake = GradientCheck.Leaf(random, 6);
        var term = new LeCam { Decay = 1 };
        using var memory = (LeCamMemory)term.CreateMemory();
        memory.To(DType.Float64);
        memory.Take(Tensor.From([0.4], 1), Tensor.From([-0.3], 1), decay: 0);

        GradientCheck.Require(() => term.ForDiscriminator(Step(real, fake, long.MaxValue), memory)!, ("real", real), ("fake", fake));
    }

    private static LossStep Step(float[] real, float[] fake, long images) =>
        Step(Tensor.From(real, real.Length), Tensor.From(fake, fake.Length), images);

    private static LossStep Step(Tensor real, Tensor fake, long images) => new()
    {
        Gan = null!,
        Latents = null!,
        Fake = default,
        FakeJudgement = fake,
        RealJudgement = real,
        Judge = _ => throw new InvalidOperationException("LeCam judges nothing itself."),
        Draws = TermCase.Draws,
        Update = 0,
        Images = images,
    };
}
