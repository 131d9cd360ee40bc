using Sagan.Layers;
using Sagan.Models;
using Sagan.Tests.Fixtures;

namespace Sagan.Tests.Models;

/// <summary>BigGAN-PyTorch's networks among the fixtures.</summary>
internal static class BigGanCases
{
    /// <summary>The case of a folder.</summary>
    internal static NetworkCase Of(string name) => name switch
    {
        "biggan32_cifar" => Case(32, 10, Flat(128, 16, shared: null) with { Details = Details(1e-5, 1e-12) }),
        "biggan32_hier_attn16_ortho" => Attentive32(10, thin: false, new SpectralNorm(), new BigGanConfig
        {
            LatentSize = 80,
            GeneratorWidth = 16,
            SharedSize = 32,
            GeneratorAttention = [16],
            Details = Details(1e-5, 1e-8),
        }),

        // Two singular values are followed in its generator; only the first divides, so that the others change nothing.
        "biggan32_mybn_svs2_thin" => Attentive32(
            7, thin: true, new SpectralNorm { Iterations = 3 }, Flat(24, 8, shared: 24) with { Details = Details(1e-4, 1e-12) with { LastBatchNormEpsilon = 1e-5 } }) with
        {
            OtherBuffers = "stored_var",    // of the biased variance where ours is torch's unbiased one
        },
        "biggan64_hier_attn32" => Case(64, 12, new BigGanConfig
        {
            LatentSize = 100,
            GeneratorWidth = 8,
            SharedSize = 48,
            Details = Details(1e-5, 1e-6),
        }),
        "biggan128_hier_attn64" => Case(128, 20, new BigGanConfig { GeneratorWidth = 8, Details = Details(1e-5, 1e-6) }),
        "biggandeep64" => Case(64, 10, new BigGanDeepConfig
        {
            LatentSize = 32,
            GeneratorWidth = 8,
            SharedSize = 32,
            Details = Details(1e-5, 1e-6),
        }),
        _ => throw new ArgumentException($"There is no case '{name}'.", nameof(name)),
    };

    private static BigGanConfig Flat(int latentSize, int width, int? shared) => new()
    {
        LatentSize = latentSize,
        GeneratorWidth = width,
        SharedSize = shared,
        HierarchicalLatents = false,
    };

    private static ResNetDetails Details(double batchNormEpsilon, double spectralEpsilon) => new()
    {
        BatchNormEpsilon = batchNormEpsilon,
        SpectralNorm = new SpectralNorm { Epsilon = spectralEpsilon, RefreshInEvaluation = true },
    };

    private static NetworkCase Case(int resolution, int classes, ModelConfig config)
    {
        string attention = $"attention{resolution / 2}";
        return new NetworkCase
        {
            Images = new ImageSpec(3, resolution, classes),
            Config = config,
            GeneratorNames = new BigGanNetworkNames("linear", _ => attention, tables: config is BigGanConfig { SharedSize: null }),
            DiscriminatorNames = new BigGanNetworkNames("head.linear", _ => attention, blocksAnEntry: config is BigGanDeepConfig ? 2 : 1),
        };
    }

    private static NetworkCase Attentive32(int classes, bool thin, SpectralNorm norm, BigGanConfig config)
    {
        NetworkCase common = Case(32, classes, config);
        SpectralNorm refreshed = norm with { RefreshInEvaluation = true };
        return common with
        {
            DiscriminatorNames = new BigGanNetworkNames("head.linear", entry => $"attention{entry + 1}"),
            OwnDiscriminator = () => new BigGanPyTorch32(common.Images, 4 * config.GeneratorWidth!.Value, thin, Initializer.Zeros, refreshed),
        };
    }
}
