using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Models;

/// <summary>Whole networks, their losses and gradients against mimicry, StudioGAN and BigGAN-PyTorch.</summary>
/// <remarks>
/// What goes forward is computed in single precision, as in training. Gradients in double: some ReLU always sits so near its
/// kink that rounding, even another number of threads, decides its side, and one such tie moves gradients by 1e-3 to 1e-2.
/// The peer's numbers are of single precision; in double ours agree with them within 2e-4.
/// </remarks>
public class NetworkFixtureTests
{
    public static TheoryData<string> Cases { get; } =
    [
        "mimicry_sngan32", "mimicry_sngan64", "mimicry_cganpd32", "mimicry_cganpd128", "mimicry_sagan32", "mimicry_sagan128",
        "studiogan_projgan32", "studiogan_acgan32", "studiogan_sagan32", "studiogan_biggan32",
    ];

    /// <summary>Those of BigGAN-PyTorch; its losses are taken in another way (<see cref="BigGanFixtureTests"/>).</summary>
    public static TheoryData<string> BigGans { get; } =
    [
        "biggan32_cifar", "biggan32_hier_attn16_ortho", "biggan32_mybn_svs2_thin", "biggan64_hier_attn32", "biggan128_hier_attn64", "biggandeep64",
    ];

    [SharedTheory("fixtures")]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(BigGans))]
    public void Evaluation_agrees_and_changes_nothing(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name);
        using GradMode noGrad = Autograd.NoGrad();
        double[][] before = Buffers(pair);

        using (pair.Generator.Eval())
            pair.Fixture.Expect("G_eval_images", pair.Draw(), Tolerance.Network);
        using (pair.Discriminator.Eval())
            ExpectVerdict(pair, "D_eval", pair.Judge());

        Assert.Equal(before, Buffers(pair));
    }

    [SharedTheory("fixtures")]
    [MemberData(nameof(Cases))]
    [MemberData(nameof(BigGans))]
    public void Two_training_passes_and_the_buffers_between_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name);
        using GradMode noGrad = Autograd.NoGrad();

        pair.Fixture.Expect("G_train_images", pair.Draw(), Tolerance.Network);
        ExpectVerdict(pair, "D_train", pair.Judge());
        pair.GeneratorNames.ExpectBuffers(pair.Fixture, "G_buffer_after__", pair.Generator, Tolerance.Network, pair.Case.OtherBuffers);
        pair.DiscriminatorNames.ExpectBuffers(pair.Fixture, "D_buffer_after__", pair.Discriminator, Tolerance.Network);
        pair.Fixture.Expect("G_train_images_second", pair.Draw(), Tolerance.Network);
        pair.Fixture.Expect($"{Logits(pair, "D_train")}_second", pair.Judge().Logits, Tolerance.Network);
    }

    [SharedTheory("fixtures")]
    [MemberData(nameof(Cases))]
    public void The_discriminator_s_loss_and_all_its_gradients_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);

        Judgement real = pair.Judge();
        Tensor pictures = pair.Draw().Detach();
        Judgement fake = pair.Discriminator.Judge(pictures, pair.Labels("y"));
        Tensor? added = pair.Added(fake, real).Discriminator;
        Tensor loss = pair.Case.Loss.ForDiscriminator(real, fake);
        loss = added is null ? loss : loss + added;
        Autograd.Backward(loss);

        if (added is not null)
            pair.Fixture.Expect("D_class_loss", added, Tolerance.Network);
        pair.Fixture.Expect($"{Logits(pair, "D_loss")}_real", real.Logits, Tolerance.Network);
        pair.Fixture.Expect($"{Logits(pair, "D_loss")}_fake", fake.Logits, Tolerance.Network);
        pair.Fixture.Expect("D_loss", loss, Tolerance.Network);
        pair.DiscriminatorNames.ExpectGradients(pair.Fixture, "D_loss_grad__", pair.Discriminator, Tolerance.Gradient);
        Checksum.Require(pair.Fixture, "D_loss_grad_checksum", "D_parameters", Gradients(pair.DiscriminatorNames, pair.Discriminator));
    }

    [SharedTheory("fixtures")]
    [MemberData(nameof(Cases))]
    public void The_generator_s_loss_and_all_its_gradients_agree(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);

        Judgement fake;
        using (pair.Discriminator.Freeze())
        {
            fake = pair.Discriminator.Judge(pair.Draw(), pair.Labels("y"));
            Tensor? added = pair.Added(fake).Generator;
            Tensor loss = pair.Case.Loss.ForGenerator(fake);
            loss = added is null ? loss : loss + added;
            Autograd.Backward(loss);
            pair.Fixture.Expect("G_loss", loss, Tolerance.Network);
            if (added is not null)
                pair.Fixture.Expect("G_class_loss", added, Tolerance.Network);
        }

        pair.Fixture.Expect(Logits(pair, "G_loss"), fake.Logits, Tolerance.Network);
        pair.GeneratorNames.ExpectGradients(pair.Fixture, "G_loss_grad__", pair.Generator, Tolerance.Gradient);
        Checksum.Require(pair.Fixture, "G_loss_grad_checksum", "G_parameters", Gradients(pair.GeneratorNames, pair.Generator));
    }

    private static void ExpectVerdict(LoadedPair pair, string prefix, Judgement judgement)
    {
        pair.Fixture.Expect(Logits(pair, prefix), judgement.Logits, Tolerance.Network);
        Assert.Equal(pair.Fixture.Has($"{prefix}_class_logits"), judgement.Classes is not null);
        if (judgement.Classes is { } classes)
            pair.Fixture.Expect($"{prefix}_class_logits", classes, Tolerance.Network);
    }

    // mimicry calls them logits, StudioGAN adv.
    private static string Logits(LoadedPair pair, string prefix) =>
        pair.Fixture.Has($"{prefix}_adv") || pair.Fixture.Has($"{prefix}_adv_real") ? $"{prefix}_adv" : $"{prefix}_logits";

    private static Func<string, Tensor> Gradients(PeerNames names, Module network) =>
        theirs => names.InTheirOrder(network, theirs, PeerNames.Gradient);

    private static double[][] Buffers(LoadedPair pair) =>
    [
        .. pair.Generator.NamedBuffers().Concat(pair.Discriminator.NamedBuffers()).Select(entry => Closeness.Values(entry.Value.Value)),
    ];
}
