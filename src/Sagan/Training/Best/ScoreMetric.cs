using System.Text.Json.Serialization;

namespace Sagan.Training.Best;

/// <summary>A score that the run takes of its snapshots, as FID: the first figure of its card.</summary>
/// <remarks>
/// Snapshots that are not scored are never the best. Where a score cannot be compared with the one before, since the run was
/// continued with other features for instance, the search for the best begins anew.
/// </remarks>
/// <param name="Score">Its name, one of <see cref="Scoring.ScoringConfig.Names"/>.</param>
public sealed record ScoreMetric(string Score) : SnapshotMetric
{
    internal const string Kind = "score";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => Score;

    /// <summary>Of distances (fid, intra_fid, kid) less is better, of all else more.</summary>
    [JsonIgnore]
    public override bool HigherIsBetter => !Score.Contains("fid", StringComparison.Ordinal) && !Score.Contains("kid", StringComparison.Ordinal);

    /// <summary>Whether a name may be that of a score: with a number of pictures or a part in it, which no other metric has.</summary>
    internal static bool IsScore(string name) => name.Any(letter => char.IsAsciiDigit(letter) || letter == '_');

    // Its value comes with the scores, behind the snapshot.
    internal override double? Measure(SnapshotReading reading) => null;
}
