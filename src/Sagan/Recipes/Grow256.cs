using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>A SAGAN that grows from 16x16 to 256x256, attention at 32.</summary>
internal static class Grow256
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "grow-256",
        Summary = "A SAGAN that grows from 16x16 to 256x256, attention at 32: `sagan grow grow-256 --data FOLDER`",
        Source = "SAGAN's blocks and rates (arXiv:1805.08318), BigGAN's widths at 256x256 (arXiv:1809.11096), growing and its lengths as Karras et al. (arXiv:1710.10196)",
        ExpectedScore = "no published score: SAGAN was published at 128x128",
        Cost = "1.2 million pictures in each of five stages: days on one GPU",
        Deviations = "grows from 16x16, not 4x4; optimizers begin anew in each stage, as Karras et al.'s code does at each resolution",
        Resolution = 16,
        Config = new TrainingConfig
        {
            Recipe = "grow-256",
            Model = new GrowingGanConfig(),

            // The toybox ends at 128; this recipe is for pictures of your own.
            Dataset = new ToyboxConfig { Resolution = 16 },
            TotalImages = 1_200_000,
            BatchSize = 64,
            MicroBatchSize = 16,
            JointPass = false,
            Mirror = true,
            GeneratorOptimizer = new AdamConfig { LearningRate = 1e-4, Beta1 = 0, Beta2 = 0.9 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 4e-4, Beta1 = 0, Beta2 = 0.9 },
        },
    };
}
