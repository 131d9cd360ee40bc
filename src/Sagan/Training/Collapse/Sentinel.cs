using System.Text.Json.Nodes;

namespace Sagan.Training.Collapse;

/// <summary>Watches a run's event log for signs of collapse and warns once for each cause.</summary>
internal sealed class Sentinel
{
    private readonly CollapseSign[] _signs;
    private readonly HashSet<CollapseCause> _told = [];

    /// <param name="config">The limits.</param>
    /// <param name="updateImages">Images between two updates of the generator.</param>
    internal Sentinel(CollapseConfig config, long updateImages)
    {
        long patience = config.PatienceUpdates * updateImages;
        _signs =
        [
            new DiversitySign(config, patience),
            new ClassDiversitySign(config, patience),
            new SpectralGrowthSign(config),
            new SaturationSign(config),
            new OverfittingSign(config),
        ];
    }

    /// <summary>Learns from the log of a run that continues what was seen and said before.</summary>
    internal void Replay(IEnumerable<JsonObject> lines)
    {
        foreach (JsonObject line in lines)
        {
            if (CollapseWarning.Of(line) is { } warning)
                _told.Add(warning.Cause);
            else if (Reading.Of(line) is { } reading)
                Array.ForEach(_signs, sign => sign.Look(reading));
        }
    }

    /// <summary>Whether the line looked at last showed the collapse itself, told before or not.</summary>
    internal bool SeesCollapse { get; private set; }

    /// <summary>Looks at the next line: what has to be said now.</summary>
    internal IReadOnlyList<CollapseWarning> Look(JsonObject line)
    {
        if (Reading.Of(line) is not { } reading)
            return [];

        var seen = new List<CollapseWarning>();
        foreach (CollapseSign sign in _signs)
        {
            if (sign.Look(reading) is { } message)
                seen.Add(new CollapseWarning(sign.Cause, reading.Images, message));
        }

        // That one class is poor is no news where most are.
        SeesCollapse = seen.Exists(warning => warning.IsCollapse);
        return [.. seen.Where(warning => !(SeesCollapse && warning.Cause == CollapseCause.ClassDiversity) && _told.Add(warning.Cause))];
    }
}
