using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Exchange;

/// <summary>
/// PyTorch-StudioGAN's discriminators with batch norms in the place of spectral norm (<c>apply_d_sn: False</c>), of which there
/// is no fixture: a made-up file, and what its code computes of it, written down straight from the keys.
/// </summary>
public class StudioGanTests
{
    private const int Width = 4, Classes = 5;

    [Fact]
    public void A_discriminator_with_batch_norms_judges_what_its_code_computes()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using var random = new RandomSource(3);
        Dictionary<string, HostArray> file = AuxiliaryClassifierAt32(random);
        using ImportedNetworks imported = ForeignFile.Import(("D.pth", file));
        using ModeScope evaluation = imported.Discriminator!.Eval();
        Tensor x = Tensor.Normal([3, 3, 32, 32], random);

        Tensor features = Features(file, x);
        Judgement judgement = imported.Discriminator.Judge(x, Tensor.From([0L, 4L, 1L], 3));

        ExpectSame(features.MatMul(Of(file, "linear1.weight").Transpose(0, 1)).Reshape(-1) + Of(file, "linear1.bias"), judgement.Logits);
        ExpectSame(features.MatMul(Of(file, "linear2.weight").Transpose(0, 1)), judgement.Classes!);
        var model = (SelfAttentionGanConfig)imported.Model.Model;
        Assert.Equal((true, ShortcutInput.Raw, null), (model.Details.DiscriminatorBatchNorm, model.Details.ShortcutInput, model.Details.SpectralNorm));
    }

    // Exactly these: a key that is missing or left over is refused.
    private static Dictionary<string, HostArray> AuxiliaryClassifierAt32(RandomSource random)
    {
        var arrays = new Dictionary<string, HostArray>();
        for (int block = 0; block < 4; block++)
        {
            string name = $"blocks.{block}.0";
            int inputs = block == 0 ? 3 : Width;
            AddConvolution($"{name}.conv2d1", inputs, 3);
            AddConvolution($"{name}.conv2d2", Width, 3);
            AddNorm($"{name}.bn1", Width);
            if (block > 0)
                AddNorm($"{name}.bn2", Width);
            if (block > 1)
                continue;
            AddConvolution($"{name}.conv2d0", inputs, 1);
            AddNorm($"{name}.bn0", inputs);
        }

        arrays.Add("linear1.weight", Drawn(0, 1, 1, Width));
        arrays.Add("linear1.bias", Drawn(0, 1, 1));
        arrays.Add("linear2.weight", Drawn(0, 1, Classes, Width));
        return arrays;

        void AddConvolution(string name, int inputs, int kernel)
        {
            arrays.Add($"{name}.weight", Drawn(0, 0.4, Width, inputs, kernel, kernel));
            arrays.Add($"{name}.bias", Drawn(0, 0.4, Width));
        }

        void AddNorm(string name, int channels)
        {
            arrays.Add($"{name}.weight", Drawn(1, 0.3, channels));
            arrays.Add($"{name}.bias", Drawn(0, 0.3, channels));
            arrays.Add($"{name}.running_mean", Drawn(0, 0.5, channels));
            arrays.Add($"{name}.running_var", Drawn(1, 0.1, channels));
            arrays.Add($"{name}.num_batches_tracked", HostArray.Of<long>([7L]));
        }

        HostArray Drawn(double mean, double deviation, params long[] shape) =>
            HostArray.Of<float>(((Tensor.Normal(shape, random) * deviation) + mean).ToArray<float>(), shape);
    }

    // The ReLU overwrites what a batch norm has made, and not the block's input.
    private static Tensor Features(Dictionary<string, HostArray> file, Tensor x)
    {
        Tensor h = Pooling.AveragePool2x2(Convolve("blocks.0.0.conv2d2", Norm("blocks.0.0.bn1", Convolve("blocks.0.0.conv2d1", x)).Relu()))
            + Convolve("blocks.0.0.conv2d0", Norm("blocks.0.0.bn0", Pooling.AveragePool2x2(x)));
        for (int block = 1; block < 4; block++)
        {
            string name = $"blocks.{block}.0";
            Tensor main = Convolve($"{name}.conv2d1", Norm($"{name}.bn1", h).Relu());
            main = Convolve($"{name}.conv2d2", Norm($"{name}.bn2", main).Relu());
            h = block == 1
                ? Pooling.AveragePool2x2(main) + Pooling.AveragePool2x2(Convolve($"{name}.conv2d0", Norm($"{name}.bn0", h)))
                : main + h;
        }

        return h.Relu().Sum(2, 3);

        Tensor Convolve(string name, Tensor map)
        {
            Tensor weight = Of(file, $"{name}.weight");
            return Convolution.Conv2d(map, weight, Of(file, $"{name}.bias"), padding: (int)weight.Size(2) / 2);
        }

        Tensor Norm(string name, Tensor map)
        {
            Tensor Channels(string leaf) => Of(file, $"{name}.{leaf}").Reshape(1, -1, 1, 1);
            return ((map - Channels("running_mean")) / (Channels("running_var") + 1e-4).Sqrt() * Channels("weight")) + Channels("bias");
        }
    }

    private static Tensor Of(Dictionary<string, HostArray> file, string name) =>
        Tensor.FromBytes(file[name].Bytes, DType.Float32, file[name].Shape);

    private static void ExpectSame(Tensor expected, Tensor given)
    {
        Assert.Equal(expected.Shape.ToArray(), given.Shape.ToArray());
        double error = (expected - given).Abs().Max().Item() / expected.Abs().Max().Item();
        Assert.True(error <= 2e-5, $"relative error {error:e2}");
    }
}
