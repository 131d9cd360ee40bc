using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sagan.Models;

namespace Sagan.Training;

/// <summary>Says of settings that could not be read what is wrong, where, and what there is instead.</summary>
internal sealed class ConfigFault
{
    private readonly JsonSerializerOptions _options;

    private ConfigFault(JsonSerializerOptions options) => _options = options;

    /// <param name="error">What the reader threw.</param>
    /// <param name="json">What it read.</param>
    /// <param name="options">What it was told.</param>
    internal static ConfigException Explain(Exception error, string json, JsonSerializerOptions options)
    {
        string[] steps = Steps(error);
        string path = steps.Length == 0 ? "config" : string.Join('.', steps);
        (JsonNode? root, string? broken) = Parse(json);
        string plain = (broken ?? error.Message).Split(" Path:")[0].Split('\n')[0];
        string? more = root is null ? null : new ConfigFault(options).Find(typeof(TrainingConfig), root, steps);
        return new ConfigException(path, more ?? plain);
    }

    // Of "$.terms[0].weight", which some exceptions hold and others only say: "… Path: $.terms[0] | LineNumber: …".
    private static string[] Steps(Exception error)
    {
        string path = (error as JsonException)?.Path ?? error.Message.Split(" Path: ")[^1].Split(' ')[0];
        return path.StartsWith('$') ? path[1..].Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries) : [];
    }

    // Of a text that is no JSON at all, or says something twice, the parser's own words are the best.
    private static (JsonNode? Root, string? Broken) Parse(string json)
    {
        try
        {
            return (JsonNode.Parse(json, documentOptions: ConfigJson.Text), null);
        }
        catch (JsonException broken)
        {
            return (null, broken.Message);
        }
    }

    /// <summary>Walks to the place of the fault; null where nothing more can be said than the reader did.</summary>
    private string? Find(Type type, JsonNode? node, ReadOnlySpan<string> steps)
    {
        JsonTypeInfo info = _options.GetTypeInfo(type);
        if (info.PolymorphismOptions is { } kinds)
        {
            JsonDerivedType[] matching = [.. kinds.DerivedTypes.Where(kind => (node as JsonObject)?["kind"]?.ToString() == (string?)kind.TypeDiscriminator)];
            if (matching is not [{ DerivedType: { } chosen }])
                return KindFault(node, kinds);
            info = _options.GetTypeInfo(chosen);
        }

        if (steps.IsEmpty)
            return ValueFault(info, node);
        if (info.Kind == JsonTypeInfoKind.Enumerable)
            return Find(info.ElementType!, (node as JsonArray)?[int.Parse(steps[0], CultureInfo.InvariantCulture)], steps[1..]);
        string step = steps[0];
        return info.Properties.SingleOrDefault(property => property.Name == step) is { } known
            ? Find(Nullable.GetUnderlyingType(known.PropertyType) ?? known.PropertyType, (node as JsonObject)?[step], steps[1..])
            : $"there is no such setting; there are {string.Join(", ", info.Properties.Select(property => property.Name))}";
    }

    private static string KindFault(JsonNode? node, JsonPolymorphismOptions kinds)
    {
        string choice = "there are " + string.Join(", ", kinds.DerivedTypes.Select(kind => kind.TypeDiscriminator));
        return node switch
        {
            JsonObject part when part["kind"] is { } kind => $"there is no kind '{kind}'; {choice}",
            JsonObject => $"names no kind, as in {{\"kind\":\"{kinds.DerivedTypes[0].TypeDiscriminator}\"}}; {choice}",
            _ => $"must be a part with a kind, as in {{\"kind\":\"{kinds.DerivedTypes[0].TypeDiscriminator}\"}}; {choice}",
        };
    }

    private static string? ValueFault(JsonTypeInfo info, JsonNode? node)
    {
        if (info.Type.IsEnum)
            return $"'{node}' is none of {string.Join(", ", Enum.GetNames(info.Type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}";
        return info.Kind == JsonTypeInfoKind.Enumerable && node is not JsonArray ? $"must be a list, with brackets around it; it is {node?.ToJsonString() ?? "null"}" : null;
    }
}
