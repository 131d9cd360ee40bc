using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sagan.Training.Collapse;

/// <summary>Something is wrong with a run: what, since when, and what helps, in plain words.</summary>
/// <param name="Cause">What kind of trouble.</param>
/// <param name="Images">The clock when it was seen.</param>
/// <param name="Message">One line for people.</param>
public sealed record CollapseWarning(CollapseCause Cause, long Images, string Message)
{
    private const string Event = "warning";

    /// <summary>True where the run is lost as it stands; false for a sign that it may come to that.</summary>
    public bool IsCollapse => Cause is CollapseCause.Diversity or CollapseCause.NonFinite;

    /// <summary>The line for the event log.</summary>
    internal JsonObject ToJson() => new()
    {
        ["event"] = Event,
        ["images"] = Images,
        ["cause"] = NameOf(Cause),
        ["message"] = Message,
        ["time"] = DateTimeOffset.UtcNow.ToString("O"),
    };

    /// <summary>Reads a line of the event log; null where it is no warning.</summary>
    internal static CollapseWarning? Of(JsonObject line)
    {
        if (line["event"]?.ToString() != Event || Reading.Number(line, "images") is not { } images)
            return null;
        string? name = line["cause"]?.ToString();
        CollapseCause[] causes = [.. Enum.GetValues<CollapseCause>().Where(cause => NameOf(cause) == name)];
        return causes is [CollapseCause cause] ? new CollapseWarning(cause, (long)images, line["message"]?.ToString() ?? "") : null;
    }

    /// <summary>The collapse in a run's log that the run has yet to go back from, for going back cuts it out; null for none.</summary>
    internal static CollapseWarning? Unanswered(IEnumerable<JsonObject> log, CollapseConfig config) => config.Action == CollapseAction.Rollback
        ? log.Select(Of).LastOrDefault(warning => warning is { IsCollapse: true })
        : null;

    private static string NameOf(CollapseCause cause) => JsonNamingPolicy.KebabCaseLower.ConvertName(cause.ToString());
}
