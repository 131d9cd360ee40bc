using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Layers;

/// <summary>The projection head against mimicry and BigGAN-PyTorch.</summary>
public class DiscriminatorHeadFixtureTests
{
    [SharedFact("fixtures")]
    public void Logits_gradients_and_vectors_agree_with_BigGAN_PyTorch() =>
        ExpectEverything("projection_bigganpt", new BigGanPyTorchNames(), epsilon: 1e-8);

    // The linear layers of its 32x32 network have mimicry's own spectral norm, which iterates in evaluation too.
    [SharedFact("fixtures")]
    public void Logits_gradients_and_vectors_agree_with_mimicry() =>
        ExpectEverything("projection_mimicry", new HeadNames(), epsilon: 1e-12);

    private static void ExpectEverything(string name, PeerNames names, double epsilon)
    {
        Fixture fixture = Fixture.Open(name);
        foreach (string mode in new[] { "eval", "train" })
        {
            using Scope scope = Scope.Open();
            var norm = new SpectralNorm { Epsilon = epsilon, RefreshInEvaluation = true };
            using var head = new DiscriminatorHead(HeadKind.Projection, features: 12, classes: 8, Initializer.Zeros, norm);
            names.Load(head, fixture.Weights());
            using ModeScope chosen = mode == "eval" ? head.Eval() : head.Train();
            Tensor x = fixture.Tensor("x");
            x.RequiresGrad = true;

            Tensor logits = head.Judge(x.Relu().Sum(2, 3), fixture.Tensor("y")).Logits;
            Autograd.Backward((logits * fixture.Tensor("grad_out").Squeeze(1)).Sum());

            fixture.Expect($"{mode}_logits", logits, Tolerance.Layer);
            fixture.Expect($"{mode}_grad_x", x.Gradient!, Tolerance.Gradient);
            names.ExpectGradients(fixture, $"{mode}_grad__", head, Tolerance.Gradient);
            names.ExpectBuffers(fixture, $"{mode}_buffer_after__", head, Tolerance.Layer);
        }
    }

    /// <summary>mimicry's names seen from the head itself.</summary>
    private sealed class HeadNames : PeerNames
    {
        private readonly MimicryNames _names = new();

        internal override string[] Ours(string theirs) => [.. _names.Ours(theirs).Select(name => name["head.".Length..])];
    }
}
