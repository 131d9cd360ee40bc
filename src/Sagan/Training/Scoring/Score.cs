using System.Text.Json.Nodes;

namespace Sagan.Training.Scoring;

/// <summary>One score of a snapshot.</summary>
/// <param name="Metric">Its name, for instance <c>fid5k_full</c>.</param>
/// <param name="Values">Its figures by name, the one that it is named after first.</param>
/// <param name="Card">All that decides about it, as one object: a line of the run's <c>metrics.jsonl</c>.</param>
public sealed record Score(string Metric, IReadOnlyDictionary<string, double> Values, JsonObject Card)
{
    /// <summary>The figure that the score is named after.</summary>
    public double Value => Values.Values.First();

    /// <summary>Why it cannot be compared with the run's former score of that name; null: it can, or there is none.</summary>
    public string? Unlike { get; init; }
}
