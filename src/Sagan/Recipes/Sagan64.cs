using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SAGAN at 64x64, attention at 32.</summary>
internal static class Sagan64
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "sagan-64",
        Summary = "SAGAN at 64x64, attention at 32",
        Source = "PyTorch-StudioGAN, configs/Baby_ImageNet/SAGAN.yaml (arXiv:1805.08318)",
        ExpectedScore = "StudioGAN on Baby-ImageNet (100 classes): IS 16.47, FID 42.10",
        Cost = "100,000 generator updates, 25.6 million pictures",
        Deviations = "as sagan-32; the batch of 256 goes through in parts of 64 (microBatchSize)",
        Resolution = 64,
        Config = new TrainingConfig
        {
            Recipe = "sagan-64",
            Model = new SelfAttentionGanConfig(),
            Dataset = new ToyboxConfig { Resolution = 64 },
            TotalImages = 25_600_000,
            BatchSize = 256,
            MicroBatchSize = 64,
            DiscriminatorSteps = 1,
            JointPass = false,
            Mirror = true,
            GeneratorOptimizer = new AdamConfig { LearningRate = 1e-4, Beta1 = 0, Beta2 = 0.999, Epsilon = 1e-6 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 4e-4, Beta1 = 0, Beta2 = 0.999, Epsilon = 1e-6 },
        },
    };
}
