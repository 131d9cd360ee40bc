using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Functional;

namespace Sagan.Tests.Exchange;

/// <summary>
/// Made-up files of heykeetae's Self-Attention-GAN at 64x64, named and shaped as its code has them, and what that code computes
/// of them, written down a second time: straight from the keys, without anything of Sagan but tensors.
/// </summary>
internal sealed class HeykeetaeFiles : IDisposable
{
    internal const int LatentSize = 6, Width = 8;

    private readonly RandomSource _random = new(7);
    private readonly bool _isNormalised;

    internal HeykeetaeFiles(bool isNormalised = true)
    {
        _isNormalised = isNormalised;
        using Scope scope = Scope.Open();
        Generator = MakeGenerator();
        Discriminator = MakeDiscriminator();
    }

    internal Dictionary<string, HostArray> Generator { get; }

    internal Dictionary<string, HostArray> Discriminator { get; }

    /// <summary>What the generator draws after <c>eval()</c>, at the first call.</summary>
    internal Tensor Draw(Tensor z)
    {
        Tensor h = z.Reshape(z.Size(0), LatentSize, 1, 1);
        for (int layer = 1; layer <= 4; layer++)
        {
            (int stride, int padding) = layer == 1 ? (1, 0) : (2, 1);
            (Tensor weight, Tensor bias) = Convolution(Generator, $"l{layer}.0");
            h = Rectify(Normalise(Sagan.Tensors.Functional.Convolution.ConvTranspose2d(h, weight, bias, stride, padding), $"l{layer}.1"), 0);
            if (layer > 2)
                h = Attend(Generator, $"attn{layer - 2}", h);
        }

        return Sagan.Tensors.Functional.Convolution.ConvTranspose2d(h, Of(Generator, "last.0.weight"), Of(Generator, "last.0.bias"), 2, 1).Tanh();
    }

    /// <summary>What the discriminator says of pictures after <c>eval()</c>, at the first call.</summary>
    internal Tensor Judge(Tensor pictures)
    {
        Tensor h = pictures;
        for (int layer = 1; layer <= 4; layer++)
        {
            (Tensor weight, Tensor bias) = Convolution(Discriminator, $"l{layer}.0");
            h = Rectify(Sagan.Tensors.Functional.Convolution.Conv2d(h, weight, bias, 2, 1), 0.1);
            if (layer > 2)
                h = Attend(Discriminator, $"attn{layer - 2}", h);
        }

        return Sagan.Tensors.Functional.Convolution.Conv2d(h, Of(Discriminator, "last.0.weight"), Of(Discriminator, "last.0.bias")).Reshape(-1);
    }

    public void Dispose() => _random.Dispose();

    private Dictionary<string, HostArray> MakeGenerator()
    {
        var arrays = new Dictionary<string, HostArray>();
        int[] channels = [LatentSize, 8 * Width, 4 * Width, 2 * Width, Width];
        for (int layer = 1; layer <= 4; layer++)
        {
            int outputs = channels[layer];
            AddConvolution(arrays, $"l{layer}.0", [channels[layer - 1], outputs, 4, 4], outputs);
            arrays.Add($"l{layer}.1.weight", Drawn(1, 0.2, outputs));
            arrays.Add($"l{layer}.1.bias", Drawn(0, 0.2, outputs));
            arrays.Add($"l{layer}.1.running_mean", Drawn(0, 0.1, outputs));
            arrays.Add($"l{layer}.1.running_var", Drawn(0.3, 0.02, outputs));
        }

        arrays.Add("last.0.weight", Drawn(0, 0.05, Width, 3, 4, 4));
        arrays.Add("last.0.bias", Drawn(0, 0.1, 3));
        AddAttention(arrays, "attn1", 2 * Width);
        AddAttention(arrays, "attn2", Width);
        return arrays;
    }

    private Dictionary<string, HostArray> MakeDiscriminator()
    {
        var arrays = new Dictionary<string, HostArray>();
        int[] channels = [3, Width, 2 * Width, 4 * Width, 8 * Width];
        for (int layer = 1; layer <= 4; layer++)
            AddConvolution(arrays, $"l{layer}.0", [channels[layer], channels[layer - 1], 4, 4], channels[layer]);
        arrays.Add("last.0.weight", Drawn(0, 1, 1, 8 * Width, 4, 4));
        arrays.Add("last.0.bias", Drawn(0, 1, 1));
        AddAttention(arrays, "attn1", 4 * Width);
        AddAttention(arrays, "attn2", 8 * Width);
        return arrays;
    }

    private void AddConvolution(Dictionary<string, HostArray> arrays, string name, long[] shape, int outputs)
    {
        string place = _isNormalised ? $"{name}.module" : name;
        arrays.Add($"{place}.bias", Drawn(0, 0.3, outputs));
        arrays.Add($"{place}.weight{(_isNormalised ? "_bar" : "")}", Drawn(0, 0.1, shape));
        if (!_isNormalised)
            return;
        arrays.Add($"{place}.weight_u", Drawn(0, 1, shape[0]));
        arrays.Add($"{place}.weight_v", Drawn(0, 1, shape[1] * 16));
    }

    private void AddAttention(Dictionary<string, HostArray> arrays, string name, int channels)
    {
        arrays.Add($"{name}.gamma", Drawn(0.8, 0.1, 1));
        foreach ((string map, int outputs) in new[] { ("query_conv", channels / 8), ("key_conv", channels / 8), ("value_conv", channels) })
        {
            arrays.Add($"{name}.{map}.weight", Drawn(0, 0.4, outputs, channels, 1, 1));
            arrays.Add($"{name}.{map}.bias", Drawn(0, 0.4, outputs));
        }
    }

    private HostArray Drawn(double mean, double deviation, params long[] shape) =>
        HostArray.Of<float>(((Tensor.Normal(shape, _random) * deviation) + mean).ToArray<float>(), shape);

    // One power iteration from the stored u; the rows are the weight's first axis, also where that is the inputs.
    private (Tensor Weight, Tensor Bias) Convolution(Dictionary<string, HostArray> arrays, string name)
    {
        if (!_isNormalised)
            return (Of(arrays, $"{name}.weight"), Of(arrays, $"{name}.bias"));
        Tensor bar = Of(arrays, $"{name}.module.weight_bar");
        Tensor matrix = bar.Reshape(bar.Size(0), -1);
        Tensor v = matrix.Transpose(0, 1).TimesVector(Of(arrays, $"{name}.module.weight_u"));
        v /= v.Norm();
        Tensor u = matrix.TimesVector(v);
        u /= u.Norm();
        return (bar / u.Dot(matrix.TimesVector(v)), Of(arrays, $"{name}.module.bias"));
    }

    private Tensor Normalise(Tensor x, string name)
    {
        Tensor Channels(string leaf) => Of(Generator, $"{name}.{leaf}").Reshape(1, -1, 1, 1);
        return ((x - Channels("running_mean")) / (Channels("running_var") + 1e-5).Sqrt() * Channels("weight")) + Channels("bias");
    }

    private static Tensor Attend(Dictionary<string, HostArray> arrays, string name, Tensor x)
    {
        Tensor query = Map("query_conv"), key = Map("key_conv"), value = Map("value_conv");             // [N, C or C/8, HW]
        Tensor attention = query.Transpose(1, 2).MatMul(key).Softmax(-1);                               // [N, HW, HW]
        return (value.MatMul(attention.Transpose(1, 2)).Reshape(x.Shape) * Of(arrays, $"{name}.gamma")) + x;

        Tensor Map(string map) =>
            Sagan.Tensors.Functional.Convolution.Conv2d(x, Of(arrays, $"{name}.{map}.weight"), Of(arrays, $"{name}.{map}.bias")).Flatten(2);
    }

    private static Tensor Rectify(Tensor x, double slope) => ((x + x.Abs()) * 0.5) + ((x - x.Abs()) * (0.5 * slope));

    private static Tensor Of(Dictionary<string, HostArray> arrays, string name) =>
        Tensor.FromBytes(arrays[name].Bytes, DType.Float32, arrays[name].Shape).To(DType.Float64);
}
