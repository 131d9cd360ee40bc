using Sagan.Models;

namespace Sagan.Tests.Models;

/// <summary>Each architecture at a width at which a step takes a moment.</summary>
internal static class SmallConfigs
{
    private static readonly ModelConfig[] s_all =
    [
        new SnganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 },
        new SelfAttentionGanConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 },
        new BigGanConfig { LatentSize = 8, GeneratorWidth = 4, SharedSize = 8, GeneratorAttention = [16] },
        new BigGanDeepConfig { LatentSize = 8, GeneratorWidth = 8, SharedSize = 8 },
        new DcganConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 },
        new GrowingGanConfig { LatentSize = 8, Stages = [16, 32], FadeImages = 2_000_000, GeneratorWidth = 1, DiscriminatorWidth = 1, Attention = [16] },
        new UpscalerConfig { LatentSize = 8, GeneratorWidth = 8, GeneratorBlocks = 1, DiscriminatorWidth = 8 },
    ];

    internal static IReadOnlyList<ModelConfig> All => s_all;

    internal static ModelConfig Of(string kind) => s_all.Single(config => config.GetType() == Registry.Create<ModelConfig>(kind).GetType());
}

public class SmallConfigsTests
{
    [Fact]
    public void Every_architecture_has_a_small_configuration()
    {
        Assert.Equal(
            Registry.Types<ModelConfig>().Select(type => type.Name).Order(),
            SmallConfigs.All.Select(config => config.GetType().Name).Order());
    }
}
