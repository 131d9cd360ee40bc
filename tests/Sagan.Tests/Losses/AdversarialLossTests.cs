using Sagan.Losses;
using Sagan.Tensors;

namespace Sagan.Tests.Losses;

public class AdversarialLossTests
{
    public static TheoryData<AdversarialLoss> All { get; } = [new HingeLoss(), new NonSaturatingLoss()];

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_are_finite_differences(AdversarialLoss loss)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(4);
        Tensor real = GradientCheck.Leaf(random, 7), fake = GradientCheck.Leaf(random, 7);

        GradientCheck.Require(() => loss.ForDiscriminator(real, fake), ("real", real), ("fake", fake));
        GradientCheck.Require(() => loss.ForGenerator(fake), ("fake", fake));
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
}
