using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SNGAN with projection discriminator on ImageNet at 128x128.</summary>
internal static class SnganImageNet128
{
    // 450,000 generator updates of 5 discriminator updates of 64 pictures; the rate falls over the last 50,000.
    private const long ImagesPerUpdate = 5 * 64;

    internal static Recipe Recipe { get; } = new()
    {
        Name = "sngan-imagenet128",
        Summary = "SNGAN with projection discriminator at 128x128 (ImageNet)",
        Source = "sngan_projection, configs/sn_projection.yml (arXiv:1802.05637)",
        ExpectedScore = "authors: IS 29.7, intra-FID 103.1 after 450,000 updates",
        Cost = "144 million pictures: about two weeks on 4 GPUs of 2018",
        Deviations = "x/127.5 - 1 without dequantisation noise; an average of the weights (EMA) is kept for samples",
        Resolution = 128,
        Config = new TrainingConfig
        {
            Recipe = "sngan-imagenet128",
            Model = new SnganConfig(),
            Dataset = new ToyboxConfig { Resolution = 128 },
            TotalImages = 450_000 * ImagesPerUpdate,
            BatchSize = 64,
            GeneratorBatchSize = 128,
            MicroBatchSize = 64,
            DiscriminatorSteps = 5,
            JointPass = false,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9 },
            LearningRateDecay = new LinearDecay(400_000 * ImagesPerUpdate, 450_000 * ImagesPerUpdate),
        },
    };
}
