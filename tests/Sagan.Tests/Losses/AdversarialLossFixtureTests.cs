using Sagan.Losses;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Losses;

/// <summary>Losses against StudioGAN, mimicry and BigGAN-PyTorch; the fourth set of logits has extremes and the hinge's kinks.</summary>
public class AdversarialLossFixtureTests
{
    [SharedTheory("fixtures")]
    [InlineData("studiogan_d_hinge")]
    [InlineData("mimicry_hinge_dis")]
    [InlineData("biggan_hinge_dis")]
    public void The_discriminator_s_hinge_loss_agrees(string function) => ExpectDiscriminator(function, new HingeLoss());

    [SharedTheory("fixtures")]
    [InlineData("studiogan_d_vanilla")]
    [InlineData("studiogan_d_logistic")]
    [InlineData("mimicry_minimax_dis")]
    [InlineData("biggan_dcgan_dis")]
    public void The_discriminator_s_non_saturating_loss_agrees(string function) => ExpectDiscriminator(function, new NonSaturatingLoss());

    [SharedTheory("fixtures")]
    [InlineData("studiogan_g_hinge")]
    [InlineData("mimicry_hinge_gen")]
    [InlineData("biggan_hinge_gen")]
    public void The_generator_s_hinge_loss_agrees(string function) => ExpectGenerator(function, new HingeLoss());

    [SharedTheory("fixtures")]
    [InlineData("studiogan_g_vanilla")]
    [InlineData("studiogan_g_logistic")]
    [InlineData("mimicry_minimax_gen")]
    [InlineData("biggan_dcgan_gen")]
    public void The_generator_s_non_saturating_loss_agrees(string function) => ExpectGenerator(function, new NonSaturatingLoss());

    [SharedFact("fixtures")]
    public void The_least_squares_loss_agrees()
    {
        ExpectDiscriminator("studiogan_d_ls", new LeastSquaresLoss());
        ExpectGenerator("studiogan_g_ls", new LeastSquaresLoss());
    }

    [SharedTheory("fixtures")]
    [InlineData("studiogan_d_wasserstein", "studiogan_g_wasserstein")]
    [InlineData("mimicry_wasserstein_dis", "mimicry_wasserstein_gen")]
    public void The_Wasserstein_loss_agrees(string discriminator, string generator)
    {
        ExpectDiscriminator(discriminator, new WassersteinLoss());
        ExpectGenerator(generator, new WassersteinLoss());
    }

    // Only the generator's formula differs from the non-saturating one.
    [SharedFact("fixtures")]
    public void The_discriminator_s_minimax_loss_agrees() => ExpectDiscriminator("studiogan_d_vanilla", new MinimaxLoss());

    private static void ExpectDiscriminator(string function, AdversarialLoss loss)
    {
        Fixture fixture = Fixture.Open("losses");
        for (int set = 0; set < 4; set++)
        {
            using Scope scope = Scope.Open();
            Tensor real = fixture.Tensor($"real{set}"), fake = fixture.Tensor($"fake{set}");
            real.RequiresGrad = fake.RequiresGrad = true;

            Tensor value = loss.ForDiscriminator(real, fake);
            Autograd.Backward(value);

            fixture.Expect($"{function}__{set}", value, Tolerance.Layer);
            fixture.Expect($"{function}__{set}_grad_real", real.Gradient!, Tolerance.Layer);
            fixture.Expect($"{function}__{set}_grad_fake", fake.Gradient!, Tolerance.Layer);
        }
    }

    private static void ExpectGenerator(string function, AdversarialLoss loss)
    {
        Fixture fixture = Fixture.Open("losses");
        for (int set = 0; set < 4; set++)
        {
            using Scope scope = Scope.Open();
            Tensor fake = fixture.Tensor($"fake{set}");
            fake.RequiresGrad = true;

            Tensor value = loss.ForGenerator(fake);
            Autograd.Backward(value);

            fixture.Expect($"{function}__{set}", value, Tolerance.Layer);
            fixture.Expect($"{function}__{set}_grad_fake", fake.Gradient!, Tolerance.Layer);
        }
    }
}
