using Sagan.Models;

namespace Sagan.Training.Scoring;

/// <summary>Which scores a run takes of its own pictures, how often, and by what.</summary>
/// <remarks>
/// Scores belong to snapshots: they are taken when one is written, and what drew is on disk to be looked at again. Training
/// itself does not notice: with scores or without, weights and states are the same, bit for bit.
/// </remarks>
public sealed record ScoringConfig
{
    /// <summary>Names with commas between, as <c>sagan evaluate --metrics</c> takes them: <c>fid5k_full,kid5k_full</c>.</summary>
    public required string Names { get; init; }

    /// <summary>Images between two scores, taken at the first snapshot at or after every multiple, and at the end; null: at every snapshot.</summary>
    public long? EveryImages { get; init; }

    /// <summary>What looks at pictures: <c>toybox</c>, <c>inception</c>, <c>inception:FILE</c> or <c>classifier:FILE</c>; null: toybox for the toybox, else inception.</summary>
    public string? Features { get; init; }

    /// <summary>Whose way of bringing pictures to Inception's size; null: torch-fidelity's.</summary>
    public string? Resize { get; init; }

    /// <summary>Whether a score of that name is taken.</summary>
    internal bool Has(string name) => Names.Split(',', StringSplitOptions.TrimEntries).Contains(name);

    /// <summary>Refuses what cannot be. Names are judged by whoever scores.</summary>
    /// <exception cref="ConfigException">Names the setting and the cure.</exception>
    internal void Validate(ModelConfig model)
    {
        if (string.IsNullOrWhiteSpace(Names))
            throw new ConfigException("metrics.names", "is empty; name scores as in fid5k_full,kid5k_full, or set metrics to null");
        if (EveryImages is < 1)
            throw new ConfigException("metrics.everyImages", $"is {EveryImages}; it must be at least 1");
        if (model.ConditionsOnPictures)
            throw new ConfigException("metrics", "the network enlarges pictures and draws none of its own, so there is nothing to score; set it to null");
    }
}
