using System.Text.Json.Nodes;
using Sagan.Models;

namespace Sagan.Training.Scoring;

/// <summary>Scores what a generator in training draws. Training knows no metric: whoever does hands one of these to the trainer.</summary>
public interface ISnapshotScorer
{
    /// <summary>Refuses a generator whose pictures it cannot score, before training starts.</summary>
    /// <exception cref="ConfigException">Names the metric, why, and the cure.</exception>
    void Require(Generator generator);

    /// <summary>Draws and scores. Changes nothing that training depends on: no weight, no mode, no random state.</summary>
    /// <param name="generator">In evaluation.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="images">The clock.</param>
    /// <param name="averaged">Whether this is the average of the generator in training.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    IReadOnlyList<Score> Measure(Generator generator, string run, long images, bool averaged, CancellationToken stop);

    /// <summary>Why two cards of one metric cannot be compared; null: they can.</summary>
    string? Difference(JsonObject former, JsonObject card);
}
