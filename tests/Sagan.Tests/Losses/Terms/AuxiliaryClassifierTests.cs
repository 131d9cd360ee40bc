using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Functional;
using Sagan.Tests.Fixtures;
using Sagan.Tests.Models;

namespace Sagan.Tests.Losses.Terms;

public class AuxiliaryClassifierTests
{
    [SharedFact("fixtures")]
    public void The_cross_entropy_and_its_gradient_agree_with_StudioGAN()
    {
        using Scope scope = Scope.Open();
        Fixture fixture = Fixture.Open("losses");
        Tensor scores = fixture.Tensor("class_logits");
        scores.RequiresGrad = true;

        Tensor entropy = Likelihood.CrossEntropy(scores, fixture.Tensor("class_labels"));
        Autograd.Backward(entropy);

        fixture.Expect("studiogan_cross_entropy", entropy, Tolerance.Layer);
        fixture.Expect("studiogan_cross_entropy_grad", scores.Gradient!, Tolerance.Layer);
    }

    [SharedFact("fixtures")]
    public void Logits_and_class_scores_of_StudioGAN_s_ACGAN_agree_in_both_modes()
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair("studiogan_acgan32");
        using GradMode noGrad = Autograd.NoGrad();

        using (pair.Discriminator.Eval())
            Expect(pair, "D_eval", Judge(pair, "x", "x_y"));
        Expect(pair, "D_train", Judge(pair, "x", "x_y"));
        pair.DiscriminatorNames.ExpectBuffers(pair.Fixture, "D_buffer_after__", pair.Discriminator, Tolerance.Network);

        static void Expect(LoadedPair pair, string mode, Judgement judgement)
        {
            pair.Fixture.Expect($"{mode}_adv", judgement.Logits, Tolerance.Network);
            pair.Fixture.Expect($"{mode}_class_logits", judgement.Classes!, Tolerance.Network);
        }
    }

    [SharedFact("fixtures")]
    public void The_discriminator_s_loss_with_the_term_and_all_gradients_agree()
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair("studiogan_acgan32", DType.Float64);

        Judgement real = Judge(pair, "x", "x_y");
        Judgement fake = pair.Discriminator.Judge(pair.Draw().Detach(), pair.Labels("y"));
        Tensor term = new AuxiliaryClassifier().ForDiscriminator(Step(pair, real, fake), null)!;
        Tensor loss = pair.Case.Loss.ForDiscriminator(real, fake) + term;
        Autograd.Backward(loss);

        pair.Fixture.Expect("D_loss_adv_real", real.Logits, Tolerance.Network);
        pair.Fixture.Expect("D_loss_adv_fake", fake.Logits, Tolerance.Network);
        pair.Fixture.Expect("D_class_loss", term, Tolerance.Network);
        pair.Fixture.Expect("D_loss", loss, Tolerance.Network);
        pair.DiscriminatorNames.ExpectGradients(pair.Fixture, "D_loss_grad__", pair.Discriminator, Tolerance.Gradient);
        Checksum.Require(
            pair.Fixture, "D_loss_grad_checksum", "D_parameters",
            theirs => pair.DiscriminatorNames.InTheirOrder(pair.Discriminator, theirs, PeerNames.Gradient));
    }

    [SharedFact("fixtures")]
    public void The_generator_s_loss_with_the_term_and_all_gradients_agree()
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair("studiogan_acgan32", DType.Float64);
        using FreezeScope frozen = pair.Discriminator.Freeze();

        Judgement fake = pair.Discriminator.Judge(pair.Draw(), pair.Labels("y"));
        Tensor term = new AuxiliaryClassifier().ForGenerator(Step(pair, null, fake), null)!;
        Tensor loss = pair.Case.Loss.ForGenerator(fake) + term;
        Autograd.Backward(loss);

        pair.Fixture.Expect("G_class_loss", term, Tolerance.Network);
        pair.Fixture.Expect("G_loss", loss, Tolerance.Network);
        pair.GeneratorNames.ExpectGradients(pair.Fixture, "G_loss_grad__", pair.Generator, Tolerance.Gradient);
        Checksum.Require(
            pair.Fixture, "G_loss_grad_checksum", "G_parameters",
            theirs => pair.GeneratorNames.InTheirOrder(pair.Generator, theirs, PeerNames.Gradient));
    }

    [Fact]
    public void As_in_the_paper_the_discriminator_may_learn_from_generated_pictures_too()
    {
        using Scope scope = Scope.Open();
        using var small = new TermCase(HeadKind.Classifier);
        LossStep step = small.OfDiscriminator();
        double real = Likelihood.CrossEntropy(step.RealJudgement!.Value.Classes!, small.Labels).Item();
        double fake = Likelihood.CrossEntropy(step.FakeJudgement.Classes!, small.Labels).Item();

        Assert.Equal(2 * real, new AuxiliaryClassifier { DiscriminatorWeight = 2 }.ForDiscriminator(step, null)!.Item(), 1e-12);
        Assert.Equal(real + fake, new AuxiliaryClassifier { LearnsFromGenerated = true }.ForDiscriminator(step, null)!.Item(), 1e-12);
    }

    private static Judgement Judge(LoadedPair pair, string pictures, string labels) => pair.Discriminator.Judge(
        pair.Fixture.Tensor(pictures).To(pair.Discriminator.NamedParameters().First().Value.Value.DType), pair.Labels(labels));

    private static LossStep Step(LoadedPair pair, Judgement? real, Judgement fake) => new()
    {
        Gan = new GanModel(pair.Generator, pair.Discriminator),
        Latents = null!,
        Fake = default,
        FakeJudgement = fake,
        RealJudgement = real,
        Judge = batch => pair.Discriminator.Judge(batch.Images, batch.Labels),
        Draws = TermCase.Draws,
        Update = 0,
        Images = 0,
    };
}
