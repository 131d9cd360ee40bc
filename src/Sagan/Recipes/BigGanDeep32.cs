using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>BigGAN-deep at 32x32, attention at 16.</summary>
internal static class BigGanDeep32
{
    private const long UpdateImages = 5 * 64;

    internal static Recipe Recipe { get; } = new()
    {
        Name = "biggan-deep-32",
        Summary = "BigGAN-deep at 32x32, attention at 16",
        Source = "PyTorch-StudioGAN, configs/CIFAR10/BigGAN-Deep.yaml (arXiv:1809.11096)",
        ExpectedScore = "StudioGAN's tables have none for this network",
        Cost = "100,000 generator updates, 32 million pictures: about a day on a GPU",
        Deviations = "the paper's blocks, whose shortcuts have no convolution, where that file takes StudioGAN's own; epsilons of 1e-4",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "biggan-deep-32",
            Model = new BigGanDeepConfig { GeneratorAttention = [16] },
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = 100_000 * UpdateImages,
            BatchSize = 64,
            DiscriminatorSteps = 5,
            JointPass = false,
            Mirror = true,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-6 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-6 },
            Ema = EmaConfig.ByUpdates(0.9999, UpdateImages, startUpdate: 1_000),
        },
    };
}
