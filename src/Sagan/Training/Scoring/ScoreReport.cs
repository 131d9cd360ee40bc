namespace Sagan.Training.Scoring;

/// <summary>The scores of one snapshot.</summary>
/// <param name="Images">The clock.</param>
/// <param name="Scores">In the order of the configuration.</param>
/// <param name="Seconds">What they cost.</param>
public sealed record ScoreReport(long Images, IReadOnlyList<Score> Scores, double Seconds);
