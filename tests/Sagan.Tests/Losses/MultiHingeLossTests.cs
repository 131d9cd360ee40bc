using Sagan.Layers;
using Sagan.Losses;
using Sagan.Tensors;

namespace Sagan.Tests.Losses;

public class MultiHingeLossTests
{
    private static readonly MultiHingeLoss s_loss = new();

    [Fact]
    public void The_right_score_has_to_lead_the_best_other_one_by_one()
    {
        using Scope scope = Scope.Open();
        Judgement real = Judged([[3, 1, 0.5], [0.2, 0.4, 0.9]], [0, 1]);       // leads by 2: 0; lags 0.5 behind: 1.5
        Judgement fake = Judged([[0, 0, 5], [4, 0, 1]], [0, 1]);               // "generated" leads by 5: 0; lags by 3: 4

        Assert.Equal((0 + 1.5) / 2 + (0 + 4.0) / 2, s_loss.ForDiscriminator(real, fake).Item(), 1e-12);
        Assert.Equal(0.05 * ((1 + 5 - 0) + (1 + 4 - 0)) / 2, s_loss.ForGenerator(fake).Item(), 1e-12);
    }

    [Fact]
    public void Gradients_are_finite_differences()
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor real = GradientCheck.Leaf(random, 6, 4), fake = GradientCheck.Leaf(random, 6, 4);
        Tensor labels = Tensor.From([0L, 1, 2, 2, 1, 0], 6);

        GradientCheck.Require(
            () => s_loss.ForDiscriminator(Of(real, labels), Of(fake, labels)), ("real", real), ("fake", fake));
        GradientCheck.Require(() => s_loss.ForGenerator(Of(fake, labels)), ("fake", fake));
    }

    private static Judgement Judged(double[][] scores, long[] labels) =>
        Of(Tensor.From(scores.SelectMany(row => row).ToArray(), scores.Length, scores[0].Length), Tensor.From(labels, labels.Length));

    private static Judgement Of(Tensor scores, Tensor labels) => new(scores.Select(1, 0), scores, labels);
}
