using System.Text.Json.Serialization;

namespace Sagan.Training.Best;

/// <summary>How near the grid's diversity is to that of real pictures: 1 the same, 0 nothing like it.</summary>
/// <remarks>
/// It knows collapsed snapshots from others, and nothing of quality. In steps of 0.05, since a grid of ten pictures a class
/// cannot tell finer; among equals the newest is best.
/// </remarks>
public sealed record DiversityMetric : SnapshotMetric
{
    internal const string Kind = "diversity";

    private const double Step = 0.05;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => Kind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool HigherIsBetter => true;

    internal override double? Measure(SnapshotReading reading) => reading.Diversity is { Share: > 0 } diversity
        ? Math.Round(Math.Round(Math.Min(diversity.Share, 1 / diversity.Share) / Step) * Step, 2)
        : reading.Diversity?.Share;
}
