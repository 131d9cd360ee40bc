using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>A small SAGAN that grows from 16x16 to 64x64, on a processor.</summary>
internal static class Grow64
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "grow-64",
        Summary = "A small SAGAN that grows from 16x16 to 64x64, made for a CPU: `sagan grow grow-64`",
        Source = "our own; blocks are SAGAN's (arXiv:1805.08318), growing is Karras et al.'s (arXiv:1710.10196), widths and rates chosen for speed",
        ExpectedScore = "no published score",
        Cost = "16,000 pictures in each of three stages: about 15 minutes of one core, most of them for the last",
        Resolution = 16,
        Config = new TrainingConfig
        {
            Recipe = "grow-64",
            Model = new GrowingGanConfig
            {
                LatentSize = 64,
                Stages = [16, 32, 64],
                FadeImages = 6_000,
                GeneratorWidth = 6,
                DiscriminatorWidth = 6,
                Attention = [16],
                ClassTableDeviation = 0.13,
            },
            Dataset = new ToyboxConfig { Resolution = 16 },
            TotalImages = 16_000,
            BatchSize = 16,
            GeneratorOptimizer = new AdamConfig { LearningRate = 8e-4, Beta2 = 0.99 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 8e-4, Beta2 = 0.99 },
            Ema = new EmaConfig { HalfLifeImages = 1_500 },
            TickImages = 1_000,
            SnapshotImages = 8_000,
        },
    };
}
