using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Training.Collapse;

namespace Sagan.Training;

/// <summary>What a run's configuration makes of its collapse: nothing, an end, or a way back to the best snapshot.</summary>
/// <remarks>
/// Going back is nothing but files: what follows is an ordinary resume, and as exact. The states go first, newest first, so
/// that a run which is killed meanwhile resumes from one that is still whole.
/// </remarks>
/// <param name="config">When and how often to go back.</param>
/// <param name="run">The run.</param>
/// <param name="watch">Knows the best snapshot and the collapse.</param>
/// <param name="rollbacks">How often the run went back so far.</param>
internal sealed class Recovery(CollapseConfig config, RunDirectory run, RunWatch watch, int rollbacks)
{
    /// <summary>Where to go back to; null where the run may not, or has nothing there.</summary>
    internal long? Target =>
        config.Action == CollapseAction.Rollback && rollbacks < config.MostRollbacks
            && watch.Best is { } best && File.Exists(run.StateFile(best)) && best < (watch.Collapse?.Images ?? long.MaxValue)
            ? best
            : null;

    /// <summary>Answers a collapse; null where there is none, or the run goes on in spite of it.</summary>
    internal TrainingOutcome? Answer()
    {
        if (watch.Collapse is not { } collapse || config.Action == CollapseAction.Warn)
            return null;
        if (Target is not { } images)
            return TrainingOutcome.Collapsed;
        GoBack(images, collapse);
        return TrainingOutcome.RolledBack;
    }

    private void GoBack(long images, CollapseWarning collapse)
    {
        int number = rollbacks + 1;
        run.ForgetAfter(images);
        File.Copy(run.EventsFile, run.AbandonedEventsFile(number), overwrite: true);
        EventLog.Continue(run.EventsFile, images).Append(new JsonObject
        {
            ["event"] = "rollback",
            ["images"] = images,
            ["from"] = collapse.Images,
            ["number"] = number,
            ["cause"] = collapse.Message,
            ["time"] = DateTimeOffset.UtcNow.ToString("O"),
        });
        TrainingState.SetRollbacks(run.StateFile(images), number);
    }
}
