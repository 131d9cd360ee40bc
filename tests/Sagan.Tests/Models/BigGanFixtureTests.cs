using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Models;

/// <summary>Losses and gradients against BigGAN-PyTorch, whose discriminator sees generated and real pictures in one pass.</summary>
public class BigGanFixtureTests
{
    [SharedTheory("fixtures")]
    [MemberData(nameof(NetworkFixtureTests.BigGans), MemberType = typeof(NetworkFixtureTests))]
    public void The_discriminator_s_loss_and_all_its_gradients_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);

        Tensor pictures = pair.Draw().Detach();
        (Tensor fake, Tensor real) = pair.Discriminator
            .Forward(Tensor.Concat(0, pictures, pair.Fixture.Tensor("x").To(DType.Float64)), Tensor.Concat(0, pair.Labels("y")!, pair.Labels("x_y")!))
            .Halve(0);
        Tensor loss = pair.Case.Loss.ForDiscriminator(real, fake);
        Autograd.Backward(loss);

        pair.Fixture.Expect("D_loss_logits_real", real, Tolerance.Network);
        pair.Fixture.Expect("D_loss_logits_fake", fake, Tolerance.Network);
        Tensor expected = pair.Fixture.Tensor("D_loss_real") + pair.Fixture.Tensor("D_loss_fake");
        Closeness.Require($"{name}: loss", expected, loss, Tolerance.Network);
        ExpectGradients(pair, "D", pair.DiscriminatorNames, pair.Discriminator);
    }

    [SharedTheory("fixtures")]
    [MemberData(nameof(NetworkFixtureTests.BigGans), MemberType = typeof(NetworkFixtureTests))]
    public void The_generator_s_loss_and_all_its_gradients_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);

        using (pair.Discriminator.Freeze())
        {
            Tensor fake = pair.Discriminator.Forward(pair.Draw(), pair.Labels("y"));
            Tensor loss = pair.Case.Loss.ForGenerator(fake);
            Autograd.Backward(loss);
            pair.Fixture.Expect("G_loss_logits", fake, Tolerance.Network);
            pair.Fixture.Expect("G_loss", loss, Tolerance.Network);
        }

        ExpectGradients(pair, "G", pair.GeneratorNames, pair.Generator);
    }

    // Its standing statistics are the plain average of means and biased variances, as ours.
    [SharedFact("fixtures")]
    public void Pictures_with_standing_statistics_agree()
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair("biggan32_mybn_svs2_thin");
        using GradMode noGrad = Autograd.NoGrad();
        int rows = (int)pair.Fixture.Tensor("step_z").Size(0);

        StandingStatistics.Accumulate(
            pair.Generator, batches: 3, i => pair.Generator.Forward(pair.Row("step_z", i % rows), pair.LabelRow("step_y", i % rows)));

        using (pair.Generator.Eval())
            pair.Fixture.Expect("G_standing_images", pair.Draw(), Tolerance.Network);
    }

    private static void ExpectGradients(LoadedPair pair, string network, PeerNames names, Module module)
    {
        names.ExpectGradients(pair.Fixture, $"{network}_loss_grad__", module, Tolerance.Gradient);
        Checksum.Require(
            pair.Fixture, $"{network}_loss_grad_checksum", $"{network}_parameters",
            theirs => names.InTheirOrder(module, theirs, PeerNames.Gradient));
    }
}
