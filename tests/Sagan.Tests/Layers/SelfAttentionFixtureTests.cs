using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>Attention against BigGAN-PyTorch, mimicry and Self-Attention-GAN.</summary>
public class SelfAttentionFixtureTests
{
    private static readonly MimicryNames s_mimicry = new();
    private static readonly BigGanPyTorchNames s_bigGan = new();

    [SharedFact("fixtures")]
    public void The_authors_form_agrees_with_mimicry() =>
        ExpectEverything("attention_mimicry", s_mimicry, () => new SelfAttention(24, Initializer.Zeros, SpectralNorm.Default));

    [SharedFact("fixtures")]
    public void The_authors_form_without_spectral_norm_agrees_with_mimicry_on_maps_that_are_not_square() =>
        ExpectEverything("attention_mimicry_nosn", s_mimicry, () => new SelfAttention(24, Initializer.Zeros));

    [SharedFact("fixtures")]
    public void The_authors_form_agrees_with_BigGAN_PyTorch()
    {
        var norm = new SpectralNorm { Epsilon = 1e-6, RefreshInEvaluation = true };

        ExpectEverything("attention_bigganpt", s_bigGan, () => new SelfAttention(16, Initializer.Zeros, norm));
    }

    [SharedFact("fixtures")]
    public void The_first_version_s_form_agrees_with_Self_Attention_GAN() => ExpectEverything(
        "attention_heykeetae", s_bigGan,
        () => new SelfAttention(24, Initializer.Zeros, form: AttentionForm.FirstVersion, bias: true));

    private static void ExpectEverything(string name, PeerNames names, Func<SelfAttention> build)
    {
        Fixture fixture = Fixture.Open(name);
        ExpectPass(fixture, names, build, "eval");
        ExpectPass(fixture, names, build, "train");
        ExpectMap(fixture, names, build, "eval");
        ExpectMap(fixture, names, build, "train");
    }

    private static void ExpectPass(Fixture fixture, PeerNames names, Func<SelfAttention> build, string mode)
    {
        using Scope scope = Scope.Open();
        using SelfAttention layer = build();
        names.Load(layer, fixture.Weights());
        using ModeScope chosen = mode == "eval" ? layer.Eval() : layer.Train();
        Tensor x = fixture.Tensor("x");
        x.RequiresGrad = true;

        Tensor y = layer.Forward(x);
        Autograd.Backward((y * fixture.Tensor("grad_out")).Sum());

        fixture.Expect($"{mode}_out", y, Tolerance.Layer);
        fixture.Expect($"{mode}_grad_x", x.Gradient!, Tolerance.Gradient);
        names.ExpectGradients(fixture, $"{mode}_grad__", layer, Tolerance.Gradient);
        names.ExpectBuffers(fixture, $"{mode}_buffer_after__", layer, Tolerance.Layer);
    }

    private static void ExpectMap(Fixture fixture, PeerNames names, Func<SelfAttention> build, string mode)
    {
        using Scope scope = Scope.Open();
        using SelfAttention layer = build();
        names.Load(layer, fixture.Weights());
        using ModeScope chosen = mode == "eval" ? layer.Eval() : layer.Train();

        Tensor map = layer.Map(fixture.Tensor("x"));

        fixture.Expect($"{mode}_attention", map, Tolerance.Layer);
    }
}
