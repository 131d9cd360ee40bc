using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics.Features;

/// <summary>Three layers of convolutions whose weights are drawn once and for all: [N, 3, 32, 32] in [-1, 1] → [N, 128].</summary>
/// <remarks>
/// Features are the means over positions of every layer's maps. The first layer has edge filters, whose weights sum to zero, and
/// mixtures of colours. At each position the maps of a layer are divided by their common size: else the colours, of which each
/// toybox picture has its own, would outshout all shapes. Weights are a pure function of their place, the same bits on every
/// machine; nothing was trained.
/// </remarks>
internal sealed class RandomConvolutions : Module
{
    /// <summary>The number grows whenever the same picture gets other features.</summary>
    internal const string Name = "toybox-random-conv-1";

    private const long Seed = 20151205;
    private const int Edges = 24, Colours = 8, Middle = 32, Last = 64;
    private const double BiasReach = 0.5;

    // Mean squares that count as little. Edges are weak where a flat picture has grain, and grain shall not count as much as shape.
    private const double FloorOfEdges = 1, Floor = 0.05;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Parameter _edges, _colours, _colourBias, _middle, _middleBias, _last, _lastBias;
    private ulong _drawn;

    internal RandomConvolutions()
    {
        _edges = Drawn("edges", [Edges, 3, 3, 3], HeReach(3), sumsToZero: true);
        _colours = Drawn("colours", [Colours, 3, 1, 1], 1);
        _colourBias = Drawn("colourBias", [Colours], BiasReach);
        _middle = Drawn("middle", [Middle, Edges + Colours, 3, 3], HeReach(Edges + Colours));
        _middleBias = Drawn("middleBias", [Middle], BiasReach);
        _last = Drawn("last", [Last, Middle, 3, 3], HeReach(Middle));
        _lastBias = Drawn("lastBias", [Last], BiasReach);

        Digest = Convert.ToHexStringLower(_hash.GetHashAndReset());
        _hash.Dispose();
    }

    /// <summary>Size of a feature vector.</summary>
    internal static int FeatureCount => Edges + Colours + Middle + Last;

    /// <summary>SHA-256 of the weights.</summary>
    internal string Digest { get; }

    /// <summary>[N, 3, H, W] in [-1, 1] → [N, 128].</summary>
    internal Tensor Features(Tensor x)
    {
        Tensor edges = Balanced(Convolution.Conv2d(x, _edges.Value, null, padding: 1), FloorOfEdges).Abs();
        Tensor colours = Convolution.Conv2d(x, _colours.Value, _colourBias.Value).Relu();
        Tensor first = Tensor.Concat(1, edges, colours);                      // [N, 32, H, W]
        Tensor middle = Next(first, _middle, _middleBias);                    // [N, 32, H/2, W/2]
        Tensor last = Next(middle, _last, _lastBias);                         // [N, 64, H/4, W/4]
        return Tensor.Concat(1, first.Mean(2, 3), Balanced(middle, Floor).Mean(2, 3), Balanced(last, Floor).Mean(2, 3));
    }

    private static Tensor Next(Tensor x, Parameter weight, Parameter bias) =>
        Convolution.Conv2d(Pooling.MaxPool2x2(Balanced(x, Floor)), weight.Value, bias.Value, padding: 1).Relu();

    private static Tensor Balanced(Tensor x, double floor) => x / (x.Square().Mean(1) + floor).Sqrt().Unsqueeze(1);

    // He et al. 2015 (arXiv:1502.01852) for even numbers: variance 2 / inputs.
    private static double HeReach(int channels) => Math.Sqrt(6.0 / (channels * 9));

    private Parameter Drawn(string name, long[] shape, double reach, bool sumsToZero = false)
    {
        Parameter parameter = Buffer(name, shape, Initializer.Zeros);
        var random = new CounterRandom(Seed, _drawn++);
        double[] draws = new double[parameter.Value.Count];
        for (int i = 0; i < draws.Length; i++)
            draws[i] = random.Between(-reach, reach);

        const int Kernel = 9;
        for (int start = 0; sumsToZero && start < draws.Length; start += Kernel)
        {
            double mean = draws[start..(start + Kernel)].Sum() / Kernel;
            for (int i = start; i < start + Kernel; i++)
                draws[i] -= mean;
        }

        float[] values = [.. draws.Select(draw => (float)draw)];
        _hash.AppendData(MemoryMarshal.AsBytes<float>(values));
        using Scope scope = Scope.Open();
        parameter.Value.CopyFrom(Tensor.From<float>(values, shape));
        return parameter;
    }
}
