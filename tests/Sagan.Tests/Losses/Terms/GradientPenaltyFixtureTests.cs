using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;
using Sagan.Tests.Models;

namespace Sagan.Tests.Losses.Terms;

/// <summary>Penalties on gradients, and their own gradients through whole networks, against StudioGAN.</summary>
/// <remarks>In double precision, as other gradients of networks: see <see cref="NetworkFixtureTests"/>.</remarks>
public class GradientPenaltyFixtureTests
{
    // StudioGAN's R1 is half the mean squared slope, without a weight.
    private static readonly RealGradientPenalty s_plain = new() { Weight = 1 };

    [SharedFact("fixtures")]
    public void R1_agrees_through_attention_and_spectral_norm()
    {
        using Scope scope = Scope.Open();
        Fixture fixture = Fixture.Open("r1_gp");
        using ImportedNetworks imported = Load(fixture);
        Discriminator discriminator = imported.Discriminator!;
        Tensor x = Leaf(fixture, "x");

        Judgement judgement = discriminator.Judge(x, fixture.Tensor("y"));
        Tensor penalty = s_plain.ForDiscriminator(Step(discriminator, new Batch(x, fixture.Tensor("y")), judgement), null)!;
        Autograd.Backward(penalty);

        fixture.Expect("r1_adv", judgement.Logits, Tolerance.Network);
        Expect(fixture, "r1", penalty, "r1_grad", ProductNames.Of(imported, discriminator), discriminator);
    }

    [SharedFact("fixtures")]
    public void The_gradient_penalty_agrees_through_attention_and_spectral_norm()
    {
        using Scope scope = Scope.Open();
        Fixture fixture = Fixture.Open("r1_gp");
        using ImportedNetworks imported = Load(fixture);
        Discriminator discriminator = imported.Discriminator!;
        Tensor share = fixture.Tensor("alpha").To(DType.Float64).Reshape(-1, 1, 1, 1);
        Tensor mixed = fixture.Tensor("x").To(DType.Float64) * share + fixture.Tensor("fake").To(DType.Float64) * (1 - share);

        Tensor penalty = Slope.DistanceFromOne(Step(discriminator, default, default), mixed, fixture.Tensor("y"));
        Autograd.Backward(penalty);

        Expect(fixture, "gp", penalty, "gp_grad", ProductNames.Of(imported, discriminator), discriminator);
    }

    [SharedTheory("fixtures")]
    [InlineData("studiogan_projgan32")]
    [InlineData("studiogan_sagan32")]
    [InlineData("studiogan_acgan32")]
    public void R1_of_whole_pairs_agrees(string name)
    {
        using Scope scope = Scope.Open();
        using var pair = new LoadedPair(name, DType.Float64);
        Tensor x = Leaf(pair.Fixture, "x");

        Judgement judgement = pair.Discriminator.Judge(x, pair.Labels("x_y"));
        Tensor penalty = s_plain.ForDiscriminator(Step(pair.Discriminator, new Batch(x, pair.Labels("x_y")!), judgement), null)!;
        Autograd.Backward(penalty);

        Expect(pair.Fixture, "R1", penalty, "R1_grad", pair.DiscriminatorNames, pair.Discriminator);
    }

    private static ImportedNetworks Load(Fixture fixture)
    {
        ImportedNetworks imported = ImportedNetworks.Read(null, [fixture.File("weights.pth")], PeerSettings.None);
        imported.Discriminator!.To(DType.Float64);
        return imported;
    }

    private static Tensor Leaf(Fixture fixture, string array)
    {
        Tensor leaf = fixture.Tensor(array).To(DType.Float64);
        leaf.RequiresGrad = true;
        return leaf;
    }

    private static LossStep Step(Discriminator discriminator, Batch real, Judgement judgement) => new()
    {
        Gan = new GanModel(null!, discriminator),
        Latents = null!,
        Fake = default,
        FakeJudgement = default,
        Real = real,
        RealJudgement = judgement,
        Judge = batch => discriminator.Judge(batch.Images, batch.Labels),
        Draws = TermCase.Draws,
        Update = 0,
        Images = 0,
    };

    private static void Expect(Fixture fixture, string value, Tensor penalty, string gradients, PeerNames names, Discriminator discriminator)
    {
        fixture.Expect(value, penalty, Tolerance.Network);
        foreach (string theirs in fixture.NamesAfter($"{gradients}__"))
            fixture.ExpectUnlessRounding($"{gradients}__{theirs}", names.InTheirOrder(discriminator, theirs, GradientOrZero), Tolerance.Gradient);
        Checksum.Require(
            fixture, $"{gradients}_checksum", "D_parameters", theirs => names.InTheirOrder(discriminator, theirs, GradientOrZero));
    }

    // The peer stores zeros for biases that move no slope.
    private static Tensor GradientOrZero(Parameter parameter) => parameter.Value.Gradient ?? parameter.Value.Detach().ZerosLike();
}
