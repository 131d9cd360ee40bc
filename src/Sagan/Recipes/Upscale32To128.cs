using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>Super-resolution from 32x32 to 128x128 with a projection discriminator.</summary>
internal static class Upscale32To128
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "upscale-32-to-128",
        Summary = "Super-resolution by 4, from 32x32 to 128x128 (ImageNet)",
        Source = "Miyato and Koyama 2018 (arXiv:1802.05637), section 4.2; rates and updates as sngan_projection's ImageNet network",
        ExpectedScore = "not compared: the paper measures inception accuracy and MS-SSIM",
        Cost = "100,000 generator updates, 16 million pictures: days on one GPU",
        Deviations = "widths and depths are our own; the generator adds to the linear enlargement; fewer updates; EMA kept for samples",
        Resolution = 128,
        Config = new TrainingConfig
        {
            Recipe = "upscale-32-to-128",
            Model = new UpscalerConfig(),
            Dataset = new ToyboxConfig { Resolution = 128 },
            TotalImages = 100_000L * 5 * 32,
            BatchSize = 32,
            DiscriminatorSteps = 5,
            JointPass = false,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0, Beta2 = 0.9 },
        },
    };
}
