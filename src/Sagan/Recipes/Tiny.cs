using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;
using Sagan.Training.Scoring;

namespace Sagan.Recipes;

/// <summary>A SAGAN small enough to learn while you watch, on a processor.</summary>
internal static class Tiny
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "tiny",
        Summary = "A small SAGAN at 32x32, made for a CPU: first pictures in minutes",
        Source = "our own; the losses and blocks are SAGAN's (arXiv:1805.08318), widths and rates chosen for speed",
        ExpectedScore = "no published score; on toybox fid1k_sub by its own features is 0.31, a classifier takes 96 % of samples for their class, the oracle finds 34 % sound and 0.96 as varied as real ones (seed 0); of seven seeds one lost its dark backgrounds by 20,000 pictures (4.4)",
        Cost = "one to three minutes of two cores for 40,000 pictures",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "tiny",
            Model = new SelfAttentionGanConfig
            {
                LatentSize = 64,
                Size = ResNetSize.Pyramid,
                GeneratorWidth = 16,
                DiscriminatorWidth = 16,
                GeneratorAttention = [16],

                // Two thousand updates are too few for classes to grow apart from equal tables. With much more (0.2 in a
                // network of equal widths) the class alone decides, and the pictures of a class are all the same.
                Details = new ResNetDetails { ClassTableDeviation = 0.13 },
            },
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = 40_000,
            BatchSize = 16,
            GeneratorOptimizer = new AdamConfig { LearningRate = 8e-4, Beta1 = 0, Beta2 = 0.99 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 8e-4, Beta1 = 0, Beta2 = 0.99 },
            Ema = new EmaConfig { HalfLifeImages = 1_500 },
            TickImages = 1_000,
            SnapshotImages = 10_000,

            // Nothing to fetch and a few seconds in all: enough to see a score fall.
            Metrics = new ScoringConfig { Names = "fid1k_sub", Features = "toybox" },
        },
    };
}
