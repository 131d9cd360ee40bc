using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>A small super-resolution network from 16x16 to 64x64, on a processor.</summary>
internal static class Upscale16To64
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "upscale-16-to-64",
        Summary = "Super-resolution by 4, from 16x16 to 64x64, made for a CPU",
        Source = "our own; the projection discriminator is Miyato and Koyama's (arXiv:1802.05637), widths and rates chosen for speed",
        ExpectedScore = "no published score",
        Cost = "32,000 pictures",
        Resolution = 64,
        Config = new TrainingConfig
        {
            Recipe = "upscale-16-to-64",
            Model = new UpscalerConfig { Factor = 4, GeneratorWidth = 32, GeneratorBlocks = 2, DiscriminatorWidth = 16 },
            Dataset = new ToyboxConfig { Resolution = 64 },
            TotalImages = 32_000,
            BatchSize = 16,
            GeneratorOptimizer = new AdamConfig { LearningRate = 5e-4, Beta2 = 0.99 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 1e-3, Beta2 = 0.99 },
            Ema = new EmaConfig { HalfLifeImages = 1_500 },
            TickImages = 1_000,
            SnapshotImages = 8_000,
        },
    };
}
