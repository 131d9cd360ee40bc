using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SAGAN at 32x32, attention at 16.</summary>
internal static class Sagan32
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "sagan-32",
        Summary = "SAGAN at 32x32, attention at 16",
        Source = "PyTorch-StudioGAN, configs/CIFAR10/SAGAN.yaml (arXiv:1805.08318)",
        ExpectedScore = "StudioGAN on CIFAR-10: IS 8.64, FID 10.35 (50k/50k)",
        Cost = "100,000 generator updates, 32 million pictures",
        Deviations = "class tables in place of linear maps of one-hot labels, Xavier in place of orthogonal initialisation, shortcuts read the raw input; EMA kept for samples",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "sagan-32",
            Model = new SelfAttentionGanConfig(),
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = 100_000L * 5 * 64,
            BatchSize = 64,
            DiscriminatorSteps = 5,
            JointPass = false,
            Mirror = true,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-6 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-6 },
        },
    };
}
