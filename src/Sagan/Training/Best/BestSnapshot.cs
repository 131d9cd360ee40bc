using System.Text;
using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Tensors.Files;
using Sagan.Training.Collapse;

namespace Sagan.Training.Best;

/// <summary>Keeps in mind which snapshot of a run is best, and says so in its <c>best.json</c>.</summary>
internal sealed class BestSnapshot(RunDirectory run, SnapshotMetric metric)
{
    private double _value;

    /// <summary>The clock of the best one; null before the first.</summary>
    internal long? Images { get; private set; }

    /// <summary>Learns from the log of a run that continues; snapshots that are no longer there do not count.</summary>
    internal void Replay(IEnumerable<JsonObject> lines)
    {
        HashSet<long> there = [.. run.Snapshots()];
        foreach (JsonObject line in lines)
        {
            if (line["event"]?.ToString() == Reading.SnapshotEvent && line["metric"]?.ToString() == metric.Name
                && Reading.Number(line, "images") is { } images && Reading.Number(line, "value") is { } value && there.Contains((long)images))
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
