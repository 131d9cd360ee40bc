using System.Diagnostics;
using System.Text.Json.Nodes;
using Sagan.Plots;
using Sagan.Runs;

namespace Sagan.Training.Scoring;

/// <summary>The scores of a run: takes them when they are due, and keeps them in its <c>metrics.jsonl</c> and as charts.</summary>
internal sealed class RunScores
{
    private readonly ISnapshotScorer _scorer;
    private readonly RunDirectory _run;
    private readonly long _everyImages, _totalImages;
    private readonly EventLog _log;
    private readonly Dictionary<string, JsonObject> _former = [];
    private long _measuredAt;

    /// <param name="config">How often.</param>
    /// <param name="total">The run's.</param>
    /// <param name="run">Where its scores are kept.</param>
    /// <param name="scorer">Takes them.</param>
    /// <param name="images">The clock that the run continues from; scores of later times are dropped.</param>
    internal RunScores(ScoringConfig config, TrainingConfig total, RunDirectory run, ISnapshotScorer scorer, long images)
    {
        _scorer = scorer;
        _run = run;
        _everyImages = config.EveryImages ?? total.SnapshotImages;
        _totalImages = total.TotalImages;
        _log = images > 0 ? EventLog.Continue(run.MetricsFile, images) : EventLog.Start(run.MetricsFile);
        foreach (JsonObject card in EventLog.Read(run.MetricsFile))
        {
            _measuredAt = card["images"]!.GetValue<long>();

            // Before the name may stand whose features: the score is the run's own all the same, and not to be compared.
            if (card["metric"]?.ToString() is { } metric)
                _former[metric[(metric.IndexOf(':', StringComparison.Ordinal) + 1)..]] = card;
        }
    }

    /// <summary>Whether a snapshot of that time is to be scored. Follows from the log alone, so that a score which was broken off is taken when the run continues.</summary>
    internal bool IsDue(long images) =>
        images != _measuredAt && (images >= _totalImages || images / _everyImages != _measuredAt / _everyImages);

    /// <summary>Scores the run as it is now; null where it was told to stop.</summary>
    /// <param name="networks">Left as they were.</param>
    /// <param name="images">The clock.</param>
    /// <param name="stop">Ends it.</param>
    internal ScoreReport? Measure(TrainedNetworks networks, long images, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        networks.Average?.Settle();
        try
        {
            using (networks.Drawing.Eval())
            {
                IReadOnlyList<Score> scores = _scorer.Measure(networks.Drawing, Path.GetFileName(_run.Path), images, networks.Average is not null, stop);
                return new ScoreReport(images, [.. scores.Select(Compared)], clock.Elapsed.TotalSeconds);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Writes scores down and draws their curves.</summary>
    internal void Keep(ScoreReport report)
    {
        _log.Append([.. report.Scores.Select(score => score.Card)]);
        _measuredAt = report.Images;
        foreach (Score score in report.Scores)
            _former[score.Metric] = score.Card;
        RunCharts.Write(RunCharts.Scores(_run), _run.PlotsFolder);
    }

    private Score Compared(Score score) =>
        _former.TryGetValue(score.Metric, out JsonObject? former) ? score with { Unlike = _scorer.Difference(former, score.Card) } : score;
}
