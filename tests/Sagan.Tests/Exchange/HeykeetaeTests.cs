using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Exchange;

/// <summary>heykeetae's Self-Attention-GAN. Its layers have fixtures of their own; whole networks are computed anew from their keys.</summary>
public class HeykeetaeTests
{
    // Both sides compute in double precision: nothing but the order of sums differs.
    private const double Tolerance = 1e-11;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Its_networks_draw_and_judge_what_its_code_computes(bool isNormalised)
    {
        using var files = new HeykeetaeFiles(isNormalised);
        using var random = new RandomSource(5);
        using ImportedNetworks imported = ForeignFile.Import(("7_D.pth", files.Discriminator), ("7_G.pth", files.Generator));
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using ModeScope first = imported.Generator!.Eval(), second = imported.Discriminator!.Eval();
        imported.Generator!.To(DType.Float64);
        imported.Discriminator!.To(DType.Float64);
        Tensor z = Tensor.Normal([3, HeykeetaeFiles.LatentSize], random).To(DType.Float64);

        Tensor pictures = files.Draw(z), logits = files.Judge(pictures);

        Assert.Equal("heykeetae", imported.Peer.Name);
        Assert.InRange(pictures.Abs().Mean().Item(), 0.1, 0.8);
        ExpectSame(pictures, imported.Generator.Forward(z, null));
        ExpectSame(logits, imported.Discriminator.Forward(pictures, null));
    }

    [Fact]
    public void What_its_networks_are_follows_from_their_shapes()
    {
        using var files = new HeykeetaeFiles();

        using ImportedNetworks both = ForeignFile.Import(("G.pth", files.Generator), ("D.pth", files.Discriminator));
        using ImportedNetworks one = ForeignFile.Import(("D.pth", files.Discriminator));

        var expected = new DcganConfig
        {
            Form = DcganForm.SelfAttention,
            Conditional = false,
            LatentSize = 6,
            GeneratorWidth = 8,
            DiscriminatorWidth = 8,
            DiscriminatorNorm = DiscriminatorNorm.Spectral,
            SpectralGenerator = true,
            DeconvolutionRows = DeconvolutionRows.Inputs,
            SpectralNorm = new SpectralNorm { RefreshInEvaluation = true },
        };
        Assert.Equal(expected, both.Model.Model);
        Assert.Equal(new ImageSpec(3, 64, 1), both.Model.Images);
        Assert.Equal(expected with { LatentSize = 128, GeneratorWidth = 64 }, one.Model.Model);
    }

    // Both vectors are in the file, and training goes on from them.
    [Fact]
    public void The_singular_vectors_are_the_file_s()
    {
        using var files = new HeykeetaeFiles();
        using ImportedNetworks imported = ForeignFile.Import(("G.pth", files.Generator), ("D.pth", files.Discriminator));

        Assert.Equal(files.Generator["l1.0.module.weight_u"].ToFloat32(), Values(imported.Generator!, "stem.u"));
        Assert.Equal(files.Generator["l4.0.module.weight_v"].ToFloat32(), Values(imported.Generator!, "deconv3.v"));
        Assert.Equal(files.Discriminator["l2.0.module.weight_v"].ToFloat32(), Values(imported.Discriminator!, "conv2.v"));
    }

    // Torch has counted batches since 0.4.1; the project is of 0.3.
    [Fact]
    public void Counters_of_batches_may_be_there()
    {
        using var files = new HeykeetaeFiles();
        files.Generator.Add("l2.1.num_batches_tracked", HostArray.Of<long>([3L]));

        ForeignFile.Import(("G.pth", files.Generator)).Dispose();
    }

    [Fact]
    public void Keys_that_do_not_fit_are_named()
    {
        using var files = new HeykeetaeFiles();
        files.Discriminator.Remove("l3.0.module.weight_v");
        files.Discriminator["attn2.value_conv.bias"] = HostArray.Of<float>(new float[3], 3);
        files.Discriminator.Add("l5.0.module.bias", HostArray.Of<float>([1f], 1));

        string message = Refusal(("D.pth", files.Discriminator));

        Assert.StartsWith("D.pth: keys: ", message, StringComparison.Ordinal);
        Assert.Contains("l3.0.module.weight_v is missing", message, StringComparison.Ordinal);
        Assert.Contains("attn2.value_conv.bias is [3] and should be [64]", message, StringComparison.Ordinal);
        Assert.Contains("l5.0.module.bias is not part of this network", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_that_its_own_code_cannot_run_are_refused()
    {
        using var files = new HeykeetaeFiles();
        Dictionary<string, HostArray> three = files.Generator.Where(entry => !entry.Key.StartsWith("l4.", StringComparison.Ordinal)).ToDictionary();

        Assert.Contains("there is no layer l4", Refusal(("G.pth", three)), StringComparison.Ordinal);
    }

    private static string Refusal(params (string Path, Dictionary<string, HostArray> Arrays)[] files) =>
        Assert.Throws<ArrayFileException>(() => ForeignFile.Import(files)).Message;

    private static void ExpectSame(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape.ToArray(), given.Shape.ToArray());
        double error = (expected - given).Abs().Max().Item() / expected.Abs().Max().Item();
        Assert.True(error <= Tolerance, $"relative error {error:e2}");
    }

    private static float[] Values(Module network, string name)
    {
        using Scope scope = Scope.Open();
        return network.State().Single(own => own.Name == name).Value.Value.Detach().ToArray<float>();
    }
}
