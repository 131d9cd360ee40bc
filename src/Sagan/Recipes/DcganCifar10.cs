using Sagan.Data;
using Sagan.Losses;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>DCGAN on CIFAR-10.</summary>
internal static class DcganCifar10
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "dcgan-cifar10",
        Summary = "DCGAN at 32x32 without classes (CIFAR-10)",
        Source = "PyTorch-StudioGAN, configs/CIFAR10/DCGAN.yaml (arXiv:1511.06434)",
        ExpectedScore = "StudioGAN: IS 6.11, FID 48.29 (50k/50k)",
        Cost = "200,000 generator updates, 25.6 million pictures",
        Deviations = "an average of the weights (EMA) is kept for samples",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "dcgan-cifar10",
            Model = new DcganConfig { Conditional = false },
            Dataset = new ToyboxConfig { Resolution = 32 },
            Loss = new NonSaturatingLoss(),
            TotalImages = 200_000L * 2 * 64,
            BatchSize = 64,
            DiscriminatorSteps = 2,
            JointPass = false,
            Mirror = true,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-6 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999, Epsilon = 1e-6 },
        },
    };
}
