using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SAGAN at 128x128, attention at 32 (ImageNet).</summary>
internal static class SaganImageNet128
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "sagan-imagenet128",
        Summary = "SAGAN at 128x128, attention at 32 (ImageNet)",
        Source = "Zhang et al. 2019 (arXiv:1805.08318) and the authors' self-attention-gan",
        ExpectedScore = "paper: IS 51.43, FID 18.28 with attention at 32 (52.52 and 18.65 at 64); StudioGAN could not reproduce it",
        Cost = "1,000,000 updates of 256 pictures: weeks on 4 GPUs of 2018",
        Deviations = "beta2 as in the paper (the code has 0.999); running statistics with momentum 0.1 (the code: 0.001); EMA kept for samples",
        Resolution = 128,
        Config = new TrainingConfig
        {
            Recipe = "sagan-imagenet128",
            Model = new SelfAttentionGanConfig(),
            Dataset = new ToyboxConfig { Resolution = 128 },
            TotalImages = 256_000_000,
            BatchSize = 256,
            MicroBatchSize = 64,
            DiscriminatorSteps = 1,
            JointPass = false,
            GeneratorOptimizer = new AdamConfig { LearningRate = 1e-4, Beta1 = 0, Beta2 = 0.9, Epsilon = 1e-8 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 4e-4, Beta1 = 0, Beta2 = 0.9, Epsilon = 1e-8 },
        },
    };
}
