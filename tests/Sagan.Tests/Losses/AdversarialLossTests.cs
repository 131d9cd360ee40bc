using Sagan.Losses;
using Sagan.Tensors;

namespace Sagan.Tests.Losses;

public class AdversarialLossTests
{
    public static TheoryData<AdversarialLoss> All { get; } =
    [
        new HingeLoss(), new NonSaturatingLoss(), new MinimaxLoss(), new LeastSquaresLoss(), new WassersteinLoss(), new RelativisticLoss(),
        new RelativisticAverageLoss(),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_are_finite_differences(AdversarialLoss loss)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor real = GradientCheck.Leaf(random, 7), fake = GradientCheck.Leaf(random, 7);

        GradientCheck.Require(() => loss.ForDiscriminator(real, fake), ("real", real), ("fake", fake));
        GradientCheck.Require(() => loss.ForGenerator(fake, real.Detach()), ("fake", fake));
    }

    [Fact]
    public void Hinge_asks_nothing_more_beyond_the_margin()
    {
        using Scope scope = Scope.Open();
        Tensor real = Tensor.From([1.0, 1.5, 9.0], 3), fake = Tensor.From([-1.0, -2.0, -7.0], 3);
        real.RequiresGrad = fake.RequiresGrad = true;

        Tensor loss = new HingeLoss().ForDiscriminator(real, fake);
        Autograd.Backward(loss);

        Assert.Equal(0, loss.Item());
        Assert.Equal([0.0, 0, 0], real.Gradient!.ToArray<double>());
        Assert.Equal([0.0, 0, 0], fake.Gradient!.ToArray<double>());
    }

    [Fact]
    public void The_generator_s_hinge_gradient_is_minus_one_over_the_batch_everywhere()
    {
        using Scope scope = Scope.Open();
        Tensor fake = Tensor.From([-50.0, 0, 3, 50], 4);
        fake.RequiresGrad = true;

        Autograd.Backward(new HingeLoss().ForGenerator(fake));

        Assert.Equal([-0.25, -0.25, -0.25, -0.25], fake.Gradient!.ToArray<double>());
    }

    [Fact]
    public void Non_saturating_loss_of_an_undecided_discriminator_is_log_2_a_term()
    {
        using Scope scope = Scope.Open();
        Tensor zero = Tensor.Zeros([3], DType.Float64);
        var loss = new NonSaturatingLoss();

        Assert.Equal(2 * Math.Log(2), loss.ForDiscriminator(zero, zero).Item(), 1e-12);
        Assert.Equal(Math.Log(2), loss.ForGenerator(zero).Item(), 1e-12);
    }

    [Fact]
    public void Minimax_is_one_number_for_which_both_play()
    {
        using Scope scope = Scope.Open();
        Tensor real = Tensor.From([0.3, -1.2], 2), fake = Tensor.From([2.0, -0.4], 2);
        var loss = new MinimaxLoss();

        // Of V = E[log σ(real)] + E[log(1 - σ(fake))] the discriminator minimises -V, the generator the part that it can move.
        double ofReal = (real.Sigmoid().Log()).Mean().Item(), ofFake = (1 - fake.Sigmoid()).Log().Mean().Item();

        Assert.Equal(-ofReal - ofFake, loss.ForDiscriminator(real, fake).Item(), 1e-12);
        Assert.Equal(ofFake, loss.ForGenerator(fake).Item(), 1e-12);
    }

    [Fact]
    public void Least_squares_vanish_at_their_targets_and_grow_with_half_the_square()
    {
        using Scope scope = Scope.Open();
        Tensor one = Tensor.From([1.0, 1], 2), zero = Tensor.From([0.0, 0], 2);
        var loss = new LeastSquaresLoss();

        Assert.Equal(0, loss.ForDiscriminator(one, zero).Item());
        Assert.Equal(0, loss.ForGenerator(one).Item());
        Assert.Equal(0.5 + 0.5, loss.ForDiscriminator(zero, one).Item(), 1e-12);
        Assert.Equal(4.5, loss.ForGenerator(one - 3).Item(), 1e-12);
    }

    [Fact]
    public void The_Wasserstein_loss_is_a_difference_of_means()
    {
        using Scope scope = Scope.Open();
        Tensor real = Tensor.From([5.0, 1], 2), fake = Tensor.From([-2.0, 3], 2);

        Assert.Equal(0.5 - 3, new WassersteinLoss().ForDiscriminator(real, fake).Item(), 1e-12);
        Assert.Equal(-0.5, new WassersteinLoss().ForGenerator(fake).Item(), 1e-12);
    }

    [Fact]
    public void Relativistic_losses_of_equal_logits_are_log_2_a_comparison_wherever_the_logits_are()
    {
        using Scope scope = Scope.Open();
        Tensor logits = Tensor.From([7.0, 7, 7], 3);

        Assert.Equal(Math.Log(2), new RelativisticLoss().ForDiscriminator(logits, logits).Item(), 1e-12);
        Assert.Equal(Math.Log(2), new RelativisticLoss().ForGenerator(logits, logits).Item(), 1e-12);
        Assert.Equal(2 * Math.Log(2), new RelativisticAverageLoss().ForDiscriminator(logits, logits).Item(), 1e-12);
        Assert.Equal(2 * Math.Log(2), new RelativisticAverageLoss().ForGenerator(logits, logits).Item(), 1e-12);
    }

    [Fact]
    public void Relativistic_losses_compare_pair_by_pair_or_with_the_other_side_s_mean()
    {
        using Scope scope = Scope.Open();
        Tensor real = Tensor.From([2.0, -1], 2), fake = Tensor.From([1.0, 4], 2);

        double pairs = (Softplus(1 - 2) + Softplus(4 + 1)) / 2;
        double averages = (Softplus(2.5 - 2) + Softplus(2.5 + 1)) / 2 + (Softplus(1 - 0.5) + Softplus(4 - 0.5)) / 2;

        Assert.Equal(pairs, new RelativisticLoss().ForDiscriminator(real, fake).Item(), 1e-12);
        Assert.Equal(averages, new RelativisticAverageLoss().ForDiscriminator(real, fake).Item(), 1e-12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void For_the_generator_a_relativistic_loss_is_the_discriminator_s_with_the_sides_exchanged(bool average)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor real = Tensor.Normal([9], random), fake = Tensor.Normal([9], random);
        AdversarialLoss loss = average ? new RelativisticAverageLoss() : new RelativisticLoss();

        Assert.Equal(loss.ForDiscriminator(fake, real).Item(), loss.ForGenerator(fake, real).Item(), 1e-6);
        Assert.Throws<ArgumentNullException>(() => loss.ForGenerator(fake));
    }

    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
}
