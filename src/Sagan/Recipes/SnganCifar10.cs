using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SNGAN with projection discriminator on CIFAR-10.</summary>
internal static class SnganCifar10
{
    // 50,000 generator updates of 5 discriminator updates of 64 pictures.
    private const long TotalImages = 50_000L * 5 * 64;

    internal static Recipe Recipe { get; } = new()
    {
        Name = "sngan-cifar10",
        Summary = "SNGAN with projection discriminator at 32x32 (CIFAR-10)",
        Source = "sngan_projection, configs/sn_cifar10_conditional.yml (arXiv:1802.05637)",
        ExpectedScore = "paper: IS 8.62, FID 17.5 (10k real, 5k generated)",
        Cost = "50,000 generator updates, 16 million pictures: hours on a GPU, weeks on 2 cores",
        Deviations = "x/127.5 - 1 without dequantisation noise in place of x/128 - 1 + U(0, 1/128); an average of the weights (EMA) is kept for samples",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "sngan-cifar10",
            Model = new SnganConfig(),
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = TotalImages,
            BatchSize = 64,
            GeneratorBatchSize = 128,
            DiscriminatorSteps = 5,
            JointPass = false,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9 },
            LearningRateDecay = new LinearDecay(0, TotalImages),
        },
    };
}
