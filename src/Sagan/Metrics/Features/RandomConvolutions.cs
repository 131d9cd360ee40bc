using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>Three convolutions whose weights are drawn once and for all: [N, 3, 32, 32] in [-1, 1] → [N, 128].</summary>
/// <remarks>
/// Convolution 3x3, ReLU, then the mean over positions of each map as features, and maxima of 2x2 for the next. Weights are a
/// pure function of their place, the same bits on every machine; nothing was trained. Uniform with variance 2 / inputs, as He
/// et al. 2015 (arXiv:1502.01852) draw them.
/// </remarks>
internal sealed class RandomConvolutions : Module
{
    /// <summary>Grows whenever the same picture gets other features.</summary>
    internal const string Name = "toybox-random-conv-1";

    private const long Seed = 20151205;

    private static readonly int[] s_widths = [3, 32, 32, 64];

    private readonly List<(Parameter Weight, Parameter Bias)> _convolutions = [];

    internal RandomConvolutions()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 1; i < s_widths.Length; i++)
        {
            int inputs = s_widths[i - 1] * 9;
            long[] shape = [s_widths[i], s_widths[i - 1], 3, 3];
            Parameter weight = Drawn(hash, $"weight{i}", shape, Math.Sqrt(6.0 / inputs));
            _convolutions.Add((weight, Drawn(hash, $"bias{i}", [s_widths[i]], 0.5)));
        }

        Digest = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Size of a feature vector.</summary>
    internal static int FeatureCount => s_widths.Skip(1).Sum();

    /// <summary>SHA-256 of the weights.</summary>
    internal string Digest { get; }

    /// <summary>[N, 3, H, W] in [-1, 1] → [N, 128].</summary>
    internal Tensor Features(Tensor x)
    {
        var means = new List<Tensor>();
        foreach ((Parameter weight, Parameter bias) in _convolutions)
        {
            if (means.Count > 0)
                x = Pooling.MaxPool2x2(x);
            x = Convolution.Conv2d(x, weight.Value, bias.Value, padding: 1).Relu();
            means.Add(x.Mean(2, 3));
        }

        return Tensor.Concat(1, [.. means]);
    }

    private Parameter Drawn(IncrementalHash hash, string name, long[] shape, double bound)
    {
        Parameter parameter = Buffer(name, shape, Initializer.Zeros);
        var random = new CounterRandom(Seed, (ulong)_convolutions.Count * 2 + (shape.Length == 1 ? 1UL : 0));
        float[] values = new float[parameter.Value.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)random.Between(-bound, bound);

        hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        using Scope scope = Scope.Open();
        parameter.Value.CopyFrom(Tensor.From<float>(values, shape));
        return parameter;
    }
}
