using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>A SAGAN small enough to learn while you watch, on a processor.</summary>
internal static class Tiny
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "tiny",
        Summary = "A small SAGAN at 32x32, made for a CPU: first pictures in minutes",
        Source = "our own; the losses and blocks are SAGAN's (arXiv:1805.08318), widths and rates chosen for speed",
        ExpectedScore = "on toybox the ten classes can be told apart; no published score",
        Cost = "about 4 minutes on 2 cores",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "tiny",
            Model = new SelfAttentionGanConfig
            {
                LatentSize = 64,
                GeneratorWidth = 32,
                DiscriminatorWidth = 32,
                GeneratorAttention = [16],
            },
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = 96_000,
            BatchSize = 32,
            DiscriminatorSteps = 1,
            GeneratorOptimizer = new AdamConfig { LearningRate = 4e-4, Beta2 = 0.99 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 8e-4, Beta2 = 0.99 },
            Ema = new EmaConfig { HalfLifeImages = 4_000 },
            TickImages = 2_000,
            SnapshotImages = 16_000,
        },
    };
}
