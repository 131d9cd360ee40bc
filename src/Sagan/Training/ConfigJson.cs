using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sagan.Models;

namespace Sagan.Training;

/// <summary>Configurations as JSON: strict on reading, so that a typo is an error and not a silent default.</summary>
public static class ConfigJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowOutOfOrderMetadataProperties = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>What a configuration's text may look like, for those who look at it as a text.</summary>
    internal static JsonDocumentOptions Text { get; } = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>Writes a configuration with every value in it.</summary>
    public static string Write(TrainingConfig config) => JsonSerializer.Serialize(config, s_options);

    /// <summary>Reads a configuration, of this version or a former one.</summary>
    /// <exception cref="ConfigException">Not JSON, an unknown or missing setting, or a value of the wrong type: the message names the setting.</exception>
    public static TrainingConfig Read(string json)
    {
        json = FormerConfig.Complete(json, Text);
        try
        {
            return JsonSerializer.Deserialize<TrainingConfig>(json, s_options)
                ?? throw new ConfigException("config", "is null; expected a JSON object");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw ConfigFault.Explain(error, json, s_options);
        }
    }

    /// <summary>Reads the architecture alone, of a configuration of any version: a fraction of the work, and all that drawing needs.</summary>
    /// <exception cref="ConfigException">As from <see cref="Read"/>; what is wrong elsewhere goes unnoticed.</exception>
    public static ModelConfig ReadModel(string json)
    {
        try
        {
            using JsonDocument whole = JsonDocument.Parse(json, Text);
            if (whole.RootElement.GetProperty("model").Deserialize<ModelConfig>(s_options) is { } model)
                return model;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or NotSupportedException or InvalidOperationException)
        {
            // Reading all of it says what is wrong, and where.
        }

        return Read(json).Model;
    }

    /// <summary>Changes values by path, as <c>generatorOptimizer.learningRate=1e-4</c> or <c>terms.0.weight=1</c>; null clears an optional part.</summary>
    /// <exception cref="ConfigException">A path that is not there, or a value that does not fit.</exception>
    public static TrainingConfig Set(TrainingConfig config, IEnumerable<string> assignments) => assignments.Aggregate(config, Set);

    /// <summary>The settings in which two configurations differ, one line each: <c>batchSize: 64 → 32</c>.</summary>
    public static IReadOnlyList<string> Difference(TrainingConfig before, TrainingConfig after)
    {
        var lines = new List<string>();
        Compare("", JsonNode.Parse(Write(before)), JsonNode.Parse(Write(after)), lines);
        return lines;
    }

    // One at a time: what an assignment puts there, with its own defaults, is there for the next one to change.
    private static TrainingConfig Set(TrainingConfig config, string assignment)
    {
        JsonNode root = JsonNode.Parse(Write(config))!;
        Assign(root, assignment);
        return Read(root.ToJsonString());
    }

    private static void Assign(JsonNode root, string assignment)
    {
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw new ConfigException("--set", $"'{assignment}' is not of the form path=value, as in batchSize=32");

        string path = assignment[..equals];
        string[] steps = path.Split('.');
        JsonNode node = root;
        foreach (string step in steps[..^1])
            node = Child(node, step) ?? Put(node, step, new JsonObject(), path)!;
        JsonNode? value = Value(assignment[(equals + 1)..]);

        // A part of another kind has other settings: it starts from its own defaults.
        if (steps[^1] == "kind" && node is JsonObject part && part.ContainsKey("kind") && !JsonNode.DeepEquals(part["kind"], value))
            part.Clear();
        Put(node, steps[^1], value, path);
    }

    private static JsonNode? Child(JsonNode node, string step) => node switch
    {
        JsonObject part => part[step],
        JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place < list.Count => list[place],
        _ => null,
    };

    // An optional part that was null has no settings to show yet; reading will judge the name. A list takes one more at its end.
    private static JsonNode? Put(JsonNode node, string step, JsonNode? value, string path)
    {
        if (node is JsonObject part && (part.Count == 0 || part.ContainsKey(step)))
            part[step] = value;
        else if (node is JsonArray list && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place <= list.Count)
            Insert(list, place, value);
        else
            throw Unknown(path, step, node);
        return value;
    }

    private static void Insert(JsonArray list, int place, JsonNode? value)
    {
        if (place < list.Count)
            list[place] = value;
        else
            list.Add(value);
    }

    // A value is JSON where it can be read as such, and else a text: paths and names need no quotes.
    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static ConfigException Unknown(string path, string step, JsonNode? node) => new(
        "--set " + path,
        $"there is no '{step}' here; " + node switch
        {
            JsonObject part => $"there are {string.Join(", ", part.Select(entry => entry.Key))}",
            JsonArray list => $"this is a list of {list.Count}: name a place from 0 to {list.Count}, or set the whole list",
            _ => "what stands before it has no parts",
        });

    private static void Compare(string path, JsonNode? before, JsonNode? after, List<string> lines)
    {
        if (JsonNode.DeepEquals(before, after))
            return;
        if (before is JsonObject left && after is JsonObject right)
        {
            foreach (string key in left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key)))
                Compare(path.Length == 0 ? key : $"{path}.{key}", left[key], right[key], lines);
            return;
        }

        lines.Add($"{path}: {before?.ToJsonString() ?? "null"} → {after?.ToJsonString() ?? "null"}");
    }
}
