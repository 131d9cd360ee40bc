using System.Text;
using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Tensors.Files;
using Sagan.Training.Collapse;

namespace Sagan.Training.Best;

/// <summary>Keeps in mind which snapshot of a run is best, and says so in its <c>best.json</c>.</summary>
internal sealed class BestSnapshot(RunDirectory run, SnapshotMetric metric)
{
    /// <summary>Name of the lines that tell of a score which chooses the best.</summary>
    private const string ScoreEvent = "score";

    private const string AnewKey = "anew";

    private double _value;

    /// <summary>The clock of the best one; null before the first.</summary>
    internal long? Images { get; private set; }

    /// <summary>Learns from the log of a run that continues; snapshots that are no longer there do not count.</summary>
    internal void Replay(IEnumerable<JsonObject> lines)
    {
        HashSet<long> there = [.. run.Snapshots()];
        foreach (JsonObject line in lines)
        {
            if (line["event"]?.ToString() is not (Reading.SnapshotEvent or ScoreEvent) || line["metric"]?.ToString() != metric.Name)
                continue;
            if (line[AnewKey] is not null)
                Images = null;
            if (Reading.Number(line, "images") is { } images && Reading.Number(line, "value") is { } value && there.Contains((long)images))
                Prefer((long)images, value);
        }

        Write();
    }

    /// <summary>Compares a new snapshot with the best so far; among equals the newer is best.</summary>
    internal void Consider(long images, double value)
    {
        if (Prefer(images, value))
            Write();
    }

    /// <summary>Compares a score with the best so far.</summary>
    /// <param name="images">The clock.</param>
    /// <param name="value">The score; null where the snapshot is out of the question.</param>
    /// <param name="anew">Whether it cannot be compared with those before, which then count no more.</param>
    /// <returns>The line for the log.</returns>
    internal JsonObject Consider(long images, double? value, bool anew)
    {
        var line = new JsonObject { ["event"] = ScoreEvent, ["images"] = images, ["metric"] = metric.Name };
        if (anew)
        {
            Images = null;
            line[AnewKey] = true;
        }

        if (value is { } known && double.IsFinite(known))
        {
            line["value"] = known;
            Prefer(images, known);
        }

        Write();
        return line;
    }

    private bool Prefer(long images, double value)
    {
        if (!double.IsFinite(value) || (Images is not null && (metric.HigherIsBetter ? value < _value : value > _value)))
            return false;
        (Images, _value) = (images, value);
        return true;
    }

    // Whoever looks for the best snapshot finds it here, a run that continues in its log.
    private void Write()
    {
        if (Images is not { } images)
        {
            File.Delete(run.BestFile);
            return;
        }

        var best = new JsonObject
        {
            ["images"] = images,
            ["metric"] = metric.Name,
            ["value"] = _value,
            ["higherIsBetter"] = metric.HigherIsBetter,
            ["snapshot"] = Path.GetRelativePath(run.Path, run.SnapshotFile(images)),
        };
        AtomicFile.Write(run.BestFile, stream => stream.Write(Encoding.UTF8.GetBytes(best.ToJsonString() + "\n")));
    }
}
