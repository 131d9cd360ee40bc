using System.Text.Json;

namespace Sagan.Tests.Metrics;

/// <summary>Our numbers under the names that expected.json gives them.</summary>
internal sealed class MetricExpectations
{
    private readonly Dictionary<string, MetricExpectation> _entries = [];

    /// <summary>Our number, with a tolerance relative to it.</summary>
    internal void Expect(string path, double actual, double relative) => ExpectWithin(path, actual, relative * Math.Abs(actual));

    /// <summary>Our number, with an absolute tolerance.</summary>
    internal void ExpectWithin(string path, double actual, double tolerance) => _entries.Add(path, new MetricExpectation(actual, tolerance));

    /// <summary>A number that the tool did not have either.</summary>
    internal void ExpectNothing(string path, double? actual)
    {
        Assert.Null(actual);
        PassOver(path, "neither of us has a value");
    }

    /// <summary>A leaf that is not checked, and why.</summary>
    internal void PassOver(string path, string reason) => _entries.Add(path, new MetricExpectation(null, 0, reason));

    /// <summary>Every leaf of the file that has no entry here, every entry that has no leaf, and every number that is too far off.</summary>
    internal IReadOnlyList<string> Complaints(JsonElement root)
    {
        Dictionary<string, JsonElement> leaves = Leaves("", root).ToDictionary();
        return
        [
            .. leaves.Keys.Except(_entries.Keys).Select(path => $"{path}: nothing is held against it"),
            .. _entries.Keys.Except(leaves.Keys).Select(path => $"{path}: is not in the file"),
            .. leaves.Where(leaf => _entries.ContainsKey(leaf.Key)).Select(leaf => Complaint(leaf.Key, leaf.Value)).OfType<string>(),
        ];
    }

    private string? Complaint(string path, JsonElement leaf)
    {
        MetricExpectation entry = _entries[path];
        if (leaf.ValueKind != JsonValueKind.Number)
            return entry.Reason is null ? $"{path}: is no number" : null;
        return entry.Complaint(leaf.GetDouble()) is { } complaint ? $"{path}: {complaint}" : null;
    }

    private static IEnumerable<(string Path, JsonElement Leaf)> Leaves(string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Leaves(path.Length > 0 ? $"{path}.{property.Name}" : property.Name, property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Leaves($"{path}.{i}", item)),
        _ => [(path, element)],
    };
}
