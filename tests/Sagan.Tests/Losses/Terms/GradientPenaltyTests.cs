using Sagan.Losses.Terms;
using Sagan.Tensors;

namespace Sagan.Tests.Losses.Terms;

/// <summary>R1, WGAN-GP and DRAGAN: second derivatives by finite differences, and what each looks at.</summary>
public class GradientPenaltyTests
{
    public static TheoryData<LossTerm> All { get; } = [new RealGradientPenalty { Weight = 3 }, new GradientPenalty { Weight = 3 }, new NeighbourhoodPenalty { Weight = 3 }];

    [Theory]
    [MemberData(nameof(All))]
    public void The_gradient_of_a_penalty_on_gradients_is_a_finite_difference(LossTerm term)
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();

        GradientCheck.Require(() => Recorded(term, small), small.Weights);
    }

    [Fact]
    public void R1_is_half_its_weight_times_the_mean_squared_slope_at_real_pictures()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();

        double penalty = new RealGradientPenalty { Weight = 6 }.ForDiscriminator(small.OfDiscriminator(), null)!.Item();

        double[] slopes = [.. FiniteSlopes(small)];
        Assert.Equal(3 * slopes.Sum(slope => slope * slope) / small.Real.Size(0), penalty, 1e-6);
    }

    [Fact]
    public void Lazy_R1_comes_every_n_th_update_n_times_as_strong()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        var each = new RealGradientPenalty();
        var lazy = new RealGradientPenalty { Interval = 4 };

        double every = each.ForDiscriminator(small.OfDiscriminator(update: 8), null)!.Item();

        Assert.Equal(4 * every, lazy.ForDiscriminator(small.OfDiscriminator(update: 8), null)!.Item(), 1e-9);
        Assert.Null(lazy.ForDiscriminator(small.OfDiscriminator(update: 9), null));
        Assert.Equal([true, false, false, false, true], Enumerable.Range(0, 5).Select(update => lazy.DifferentiatesReal(update)));
        Assert.All(Enumerable.Range(0, 5), update => Assert.True(each.DifferentiatesReal(update)));
    }

    [Fact]
    public void WGAN_GP_looks_at_mixtures_each_with_a_share_of_its_own()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        Tensor share = TermCase.Draws.Uniform([3, 1, 1, 1]).To(DType.Float64);

        double penalty = new GradientPenalty().ForDiscriminator(small.OfDiscriminator(), null).Item();

        Tensor mixed = small.Real * share + small.Fake * (1 - share);
        Assert.Equal(10 * Slope.DistanceFromOne(small.OfDiscriminator(), mixed, small.Labels).Item(), penalty, 1e-12);
        Assert.Equal(3, share.ToArray<double>().Distinct().Count());
    }

    [Fact]
    public void DRAGAN_looks_next_to_real_pictures_within_half_their_deviation()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase();
        var seen = new List<double[]>();
        LossStep step = small.OfDiscriminator();
        LossStep watched = step with
        {
            Judge = batch =>
            {
                seen.Add((batch.Images - small.Real).Detach().ToArray<double>());
                return step.Judge(batch);
            },
        };

        new NeighbourhoodPenalty().ForDiscriminator(watched, null);

        double[] values = small.Real.Detach().ToArray<double>();
        double mean = values.Average(), deviation = Math.Sqrt(values.Sum(value => Math.Pow(value - mean, 2)) / (values.Length - 1));
        double[] noise = Assert.Single(seen);
        Assert.All(noise, value => Assert.InRange(value, 0, 0.5 * deviation));
        Assert.True(noise.Max() > 0.05 * deviation);
    }

    // The check's own differences are taken without a graph, which the penalty cannot do without.
    private static Tensor Recorded(LossTerm term, TermCase small)
    {
        using GradMode recording = Autograd.WithGrad();
        return term.ForDiscriminator(small.OfDiscriminator(), null)!;
    }

    private static IEnumerable<double> FiniteSlopes(TermCase small)
    {
        const double step = 1e-6;
        double[] values = small.Real.Detach().ToArray<double>();
        for (int i = 0; i < values.Length; i++)
        {
            double[] above = [.. values], below = [.. values];
            above[i] += step;
            below[i] -= step;
            yield return (Logits(small, above) - Logits(small, below)) / (2 * step);
        }
    }

    private static double Logits(TermCase small, double[] pictures)
    {
        using Scope scope = Scope.Open();
        return small.Gan.Discriminator.Forward(Tensor.From(pictures, small.Real.Shape), small.Labels).Sum().Item();
    }
}
