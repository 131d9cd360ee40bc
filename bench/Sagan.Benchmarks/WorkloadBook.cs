using Sagan.Models;
using Sagan.Recipes;
using Sagan.Training;

namespace Sagan.Benchmarks;

/// <summary>All workloads: the program's own recipes, narrowed until a step takes seconds on a processor; one as wide as its paper's, for GPUs.</summary>
internal static class WorkloadBook
{
    /// <summary>Every workload, small ones first, then the GPUs' one; the ladder is one network for larger and larger pictures, to see how costs grow.</summary>
    internal static IReadOnlyList<Workload> All { get; } =
    [
        new("tiny", Peer.BigGanPyTorch, Pictures(32), Plain("tiny")),
        new("sngan32", Peer.Mimicry, Pictures(32), Plain("sngan-cifar10") with
        {
            // The widths that mimicry's users compare at 32x32.
            Model = new SnganConfig { GeneratorWidth = 128, DiscriminatorWidth = 64 },
        }),
        new("sagan64", Peer.Mimicry, Pictures(64), Plain("sagan-64") with
        {
            Model = new SelfAttentionGanConfig { GeneratorWidth = 32, DiscriminatorWidth = 32, GeneratorAttention = [32] },
            BatchSize = 16,
        }),
        new("sagan128", Peer.Mimicry, Pictures(128), Plain("sagan-imagenet128") with
        {
            Model = new SelfAttentionGanConfig { GeneratorWidth = 16, DiscriminatorWidth = 16, GeneratorAttention = [32] },
            BatchSize = 8,
        }),
        BigGan("biggan32-b64", "biggan-cifar10", 32, width: 32, batch: 64, attention: []),
        BigGan("biggan64-b16", "biggan-64", 64, width: 32, batch: 16, attention: [32]),
        BigGan("biggan128-b8", "biggan-imagenet128", 128, width: 16, batch: 8, attention: [64]),
        BigGan("biggan128-b256", "biggan-imagenet128", 128, width: 96, batch: 256, attention: [64]),
        BigGan("ladder32", "biggan-cifar10", 32, width: 16, batch: 16, attention: []),
        BigGan("ladder64", "biggan-64", 64, width: 16, batch: 16, attention: [32]),
        BigGan("ladder128", "biggan-imagenet128", 128, width: 16, batch: 16, attention: [64]),
    ];

    internal static Workload Find(string name) => All.First(workload => workload.Name == name);

    private static ImageSpec Pictures(int resolution) => new(Channels: 3, resolution, Classes: 10);

    // Shared embedding and hierarchical latents, as the paper has them and BigGAN-PyTorch's recipe for 32x32 has not. Not its
    // orthogonal weights: all their singular values are 1, whatever the power iteration does, which would hide mistakes in it.
    private static Workload BigGan(string name, string recipe, int resolution, int width, int batch, int[] attention) =>
        new(name, Peer.BigGanPyTorch, Pictures(resolution), Plain(recipe) with
        {
            Model = new BigGanConfig { GeneratorWidth = width, DiscriminatorWidth = width, GeneratorAttention = attention, Initialization = Initialization.Normal },
            BatchSize = batch,
            DiscriminatorSteps = 1,
            JointPass = true,
            Terms = [],
        });

    // Nothing mirrored or cut into parts, constant rates, no scores; the average moves from the first update on.
    private static TrainingConfig Plain(string recipe) => RecipeBook.Find(recipe)!.Config with
    {
        GeneratorBatchSize = null,
        MicroBatchSize = null,
        Mirror = false,
        LearningRateDecay = null,
        Ema = new EmaConfig(),
        Metrics = null,
    };
}
