using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>Layers with spectral norm against BigGAN-PyTorch, mimicry and StudioGAN (torch's own) and Self-Attention-GAN.</summary>
public class SpectralNormFixtureTests
{
    private static readonly SpectralNorm s_atRest = new();
    private static readonly SpectralNorm s_studioGan = new() { Epsilon = 1e-6 };
    private static readonly SpectralNorm s_refreshed = new() { Epsilon = 1e-8, RefreshInEvaluation = true };

    [SharedTheory("fixtures")]
    [InlineData("sn_conv_mimicry")]
    [InlineData("sn_conv_bigganpt")]
    [InlineData("sn_conv_heykeetae")]
    [InlineData("sn_deconv_studiogan")]
    [InlineData("sn_deconv_heykeetae")]
    [InlineData("sn_linear_mimicry")]
    [InlineData("sn_linear_bigganpt")]
    [InlineData("sn_embedding_mimicry")]
    [InlineData("sn_embedding_bigganpt")]
    public void Five_training_passes_and_evaluation_before_and_after_agree(string name)
    {
        Fixture fixture = Fixture.Open(name);
        PeerNames names = name.Split('_')[^1] switch
        {
            "mimicry" => new MimicryNames(),
            "studiogan" => new StudioGanNames(),
            _ => new BigGanPyTorchNames(),
        };
        using Scope scope = Scope.Open();
        using Layer layer = Build(name, fixture.Weights());
        names.Load(layer, fixture.Weights());

        ExpectInEvaluation(fixture, layer, "eval_out_initial");
        for (int pass = 1; pass <= 5; pass++)
            ExpectTrainingPass(fixture, names, layer, pass);
        ExpectInEvaluation(fixture, layer, "eval_out_final");

        // Self-Attention-GAN's layer advances in evaluation too and keeps that; nobody else's does, ours neither.
        if (!name.EndsWith("heykeetae", StringComparison.Ordinal))
            ExpectVectors(fixture, names, layer, "eval_final_");
    }

    private static void ExpectInEvaluation(Fixture fixture, Layer layer, string array)
    {
        using ModeScope evaluation = layer.Eval();
        fixture.Expect(array, layer.Forward(fixture.Tensor("x")), Tolerance.Layer);
    }

    private static void ExpectTrainingPass(Fixture fixture, PeerNames names, Layer layer, int pass)
    {
        using Scope scope = Scope.Open();
        Tensor x = fixture.Tensor("x");
        x.RequiresGrad = x.DType.IsFloat();
        foreach ((_, Parameter parameter) in layer.NamedParameters())
            parameter.Value.ClearGradient();

        Tensor y = layer.Forward(x);
        Autograd.Backward((y * fixture.Tensor("grad_out")).Sum());

        fixture.Expect($"fwd{pass}_out", y, Tolerance.Layer);
        ExpectVectors(fixture, names, layer, $"fwd{pass}_");
        if (pass is not (1 or 5))
            return;
        if (x.RequiresGrad)
            fixture.Expect($"fwd{pass}_grad_x", x.Gradient!, Tolerance.Gradient);
        names.ExpectGradients(fixture, $"fwd{pass}_grad__", layer, Tolerance.Gradient);
    }

    private static void ExpectVectors(Fixture fixture, PeerNames names, Layer layer, string prefix)
    {
        Dictionary<string, Parameter> state = layer.State().ToDictionary(entry => entry.Name, entry => entry.Value);
        foreach (string theirs in fixture.NamesAfter(prefix).Where(name => name is "u" or "v" or "u0"))
            fixture.Expect(prefix + theirs, state[names.Ours(theirs)[0]].Value, Tolerance.Layer);

        Tensor weight = state["weight"].Value.Detach();
        Tensor matrix = (names is StudioGanNames ? weight.Transpose(0, 1) : weight).Flatten(1);
        Tensor sigma = state["u"].Value.Dot(matrix.TimesVector(state["v"].Value));
        fixture.Expect(prefix + (fixture.Has(prefix + "sigma") ? "sigma" : "sv0"), sigma, Tolerance.Layer);
    }

    private static Layer Build(string name, IReadOnlyDictionary<string, HostArray> weights)
    {
        SpectralNorm norm = name.EndsWith("mimicry", StringComparison.Ordinal) ? s_atRest : s_refreshed;
        HostArray weight = weights.First(entry => entry.Key.Split('.')[^1] is "weight" or "weight_orig" or "weight_bar").Value;
        (int outputs, int inputs) = ((int)weight.Shape[0], (int)weight.Shape[1]);
        return name.Split('_')[1] switch
        {
            "conv" when weight.Shape[2] == 4 => new Conv2d(inputs, outputs, 4, Initializer.Zeros, norm, stride: 2),
            "deconv" when name.EndsWith("studiogan", StringComparison.Ordinal) =>
                new ConvTranspose2d(inputs: outputs, outputs: inputs, 4, Initializer.Zeros, s_studioGan),
            "deconv" => new ConvTranspose2d(inputs: outputs, outputs: inputs, 4, Initializer.Zeros, s_refreshed, DeconvolutionRows.Inputs),
            "conv" => new Conv2d(inputs, outputs, (int)weight.Shape[2], Initializer.Zeros, norm),
            "linear" => new Linear(inputs, outputs, Initializer.Zeros, norm),
            _ => new Embedding(outputs, inputs, Initializer.Zeros, norm),
        };
    }
}
