using System.Text.Json.Nodes;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training.Best;
using Sagan.Training.Collapse;
using Sagan.Training.Scoring;

namespace Sagan.Training;

/// <summary>Looks after a run beside its training: measures snapshots, keeps the best in mind, warns of collapse.</summary>
internal sealed class RunWatch
{
    private readonly EventLog _events;
    private readonly Sentinel _sentinel;
    private readonly SnapshotMetric? _metric;
    private readonly BestSnapshot? _best;
    private readonly DiversityMeter _diversity;
    private readonly OverfittingMeter? _overfitting;
    private double? _margin;

    /// <param name="config">The run's.</param>
    /// <param name="run">Where the best snapshot is noted.</param>
    /// <param name="events">Where warnings go; a run that continues learns from it what was before.</param>
    /// <param name="diversity">Knows real pictures.</param>
    /// <param name="overfitting">Knows held-out pictures; null where there are none.</param>
    internal RunWatch(TrainingConfig config, RunDirectory run, EventLog events, DiversityMeter diversity, OverfittingMeter? overfitting)
    {
        _events = events;
        _diversity = diversity;
        _overfitting = overfitting;
        _sentinel = new Sentinel(config.Collapse, config.BatchSize * config.DiscriminatorSteps);
        _metric = config.Keep.Best ?? (config.Collapse.Action == CollapseAction.Rollback ? new DiversityMetric() : null);
        _best = _metric is null ? null : new BestSnapshot(run, _metric);

        JsonObject[] former = [.. EventLog.Read(run.EventsFile)];
        _sentinel.Replay(former);
        _best?.Replay(former);
        Collapse = CollapseWarning.Unanswered(former, config.Collapse);
    }

    /// <summary>Called with every warning.</summary>
    internal event Action<CollapseWarning>? Warned;

    /// <summary>The collapse that nobody answered yet.</summary>
    internal CollapseWarning? Collapse { get; private set; }

    /// <summary>The clock of the best snapshot; null without a metric, or before the first.</summary>
    internal long? Best => _best?.Images;

    /// <summary>Logs a tick and looks at it.</summary>
    internal void Note(Tick tick)
    {
        _margin = tick.Margin;
        JsonObject line = tick.ToJson();
        Log(line, _sentinel.Look(line));
    }

    /// <summary>Measures and logs a snapshot that was written, and looks at it.</summary>
    /// <param name="images">The clock.</param>
    /// <param name="grid">Its pictures, one class a row.</param>
    /// <param name="discriminator">Left as it was.</param>
    /// <param name="device">Where the discriminator lives.</param>
    internal void Note(long images, IReadOnlyList<IReadOnlyList<Raster>> grid, Discriminator discriminator, Device device)
    {
        GridDiversity? diversity = _diversity.Measure(grid);
        var line = new JsonObject { ["event"] = Reading.SnapshotEvent, ["images"] = images };
        if (diversity is not null)
        {
            line["diversity"] = Math.Round(diversity.Share, 4);
            line["leastClass"] = diversity.LeastClass;
            line["leastDiversity"] = Math.Round(diversity.Least, 4);
        }

        if (_overfitting?.Measure(discriminator, device, grid) is { } gap && double.IsFinite(gap))
            line["overfittingGap"] = Math.Round(gap, 4);
        IReadOnlyList<CollapseWarning> warnings = _sentinel.Look(line);

        // A collapsed snapshot is never the best, whatever the metric makes of it: it is what a run goes back from.
        double? value = _sentinel.SeesCollapse ? null : _metric?.Measure(new SnapshotReading { Grid = grid, Diversity = diversity, Margin = _margin });
        if (value is { } known && double.IsFinite(known))
        {
            line["metric"] = _metric!.Name;
            line["value"] = known;
            _best!.Consider(images, known);
        }

        line["time"] = DateTimeOffset.UtcNow.ToString("O");
        Log(line, warnings);
    }

    /// <summary>Looks for the best snapshot among scored ones.</summary>
    internal void Note(ScoreReport report)
    {
        if (_metric is not ScoreMetric || report.Scores.FirstOrDefault(score => score.Metric == _metric.Name) is not { } score)
            return;
        JsonObject line = _best!.Consider(report.Images, _sentinel.SeesCollapse ? null : score.Value, anew: score.Unlike is not null);
        line["time"] = DateTimeOffset.UtcNow.ToString("O");
        _events.Append(line);
    }

    /// <summary>Logs a warning and tells of it.</summary>
    internal void Warn(CollapseWarning warning)
    {
        _events.Append(warning.ToJson());
        if (warning.IsCollapse)
            Collapse = warning;
        Warned?.Invoke(warning);
    }

    private void Log(JsonObject line, IReadOnlyList<CollapseWarning> warnings)
    {
        _events.Append(line);
        foreach (CollapseWarning warning in warnings)
            Warn(warning);
    }
}
