using Sagan.Models;

namespace Sagan.Training.Classification;

/// <summary>How a classifier is trained.</summary>
public sealed record ClassifierTraining
{
    /// <summary>Channels of a 32x32 map. Default: 32, which tells the toybox's classes apart and is quick on a processor.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Pictures to show before the end.</summary>
    public long TotalImages { get; init; } = 50_000;

    /// <summary>Pictures of an update.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Adam's step size at the start; it falls evenly to 0.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>Whether every other picture is mirrored, by chance.</summary>
    public bool Mirror { get; init; } = true;

    /// <summary>Seed of weights and order.</summary>
    public long Seed { get; init; }

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ConfigException">Names the flag and the cure.</exception>
    public void Validate()
    {
        if (BatchSize < 2)
            throw new ConfigException("--batch", $"is {BatchSize}; batch statistics need at least 2 pictures");
        if (LearningRate is <= 0 or double.NaN)
            throw new ConfigException("--learning-rate", $"is {LearningRate}; it must be above 0, as in 2e-3");
    }
}
