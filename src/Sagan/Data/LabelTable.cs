using System.Globalization;
using System.Text.Json;

namespace Sagan.Data;

/// <summary>The content of a dataset.json.</summary>
internal sealed class LabelTable
{
    private readonly Dictionary<string, int>? _labels;

    private LabelTable(Dictionary<string, int>? labels, IReadOnlyList<string> classNames)
    {
        _labels = labels;
        ClassNames = classNames;
    }

    /// <summary>As stored, or the numbers 0 to the largest label.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The label of a picture; null when it is not listed.</summary>
    public int? LabelOf(string path)
    {
        if (_labels is null)
            return 0;
        return _labels.TryGetValue(path, out int label) ? label : null;
    }

    /// <exception cref="FormatException">The content is not what the format says.</exception>
    public static LabelTable Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("it is not a JSON object.");

        Dictionary<string, int>? labels = ParseLabels(root);
        int classes = labels is { Count: > 0 } ? labels.Values.Max() + 1 : 1;
        return new LabelTable(labels, ParseClassNames(root, classes));
    }

    private static Dictionary<string, int>? ParseLabels(JsonElement root)
    {
        if (!root.TryGetProperty("labels", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            throw new FormatException("\"labels\" is neither a list nor null.");

        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement pair in list.EnumerateArray())
        {
            bool valid = pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
                && pair[0].ValueKind == JsonValueKind.String
                && pair[1].ValueKind == JsonValueKind.Number && pair[1].TryGetInt32(out int number) && number >= 0;
            if (!valid)
                throw new FormatException($"the label {pair.GetRawText()} is not [\"path\", class number]; vectors of numbers are not supported.");
            labels[pair[0].GetString()!] = pair[1].GetInt32();
        }

        return labels;
    }

    private static List<string> ParseClassNames(JsonElement root, int classes)
    {
        if (!root.TryGetProperty("class_names", out JsonElement list) || list.ValueKind == JsonValueKind.Null)
            return [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];

        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
            throw new FormatException("\"class_names\" is not a list of texts.");
        if (list.GetArrayLength() < classes)
            throw new FormatException($"\"class_names\" has {list.GetArrayLength()} names, but there are labels up to {classes - 1}.");
        return [.. list.EnumerateArray().Select(name => name.GetString()!)];
    }
}
