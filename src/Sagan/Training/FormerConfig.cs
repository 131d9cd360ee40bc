using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sagan.Training;

/// <summary>Configurations of former versions, completed by what went without saying then.</summary>
internal static class FormerConfig
{
    private const string Kind = "kind";

    // While there was no other, an optimizer was Adam and had no kind.
    private static readonly string[] s_optimizers = ["generatorOptimizer", "discriminatorOptimizer"];

    /// <summary>The same in the words of this version. A text that is no configuration stays as it is, for its reader to judge.</summary>
    internal static string Complete(string json, JsonDocumentOptions options)
    {
        if (Parse(json, options) is not { } root)
            return json;
        JsonObject[] silent = [.. s_optimizers.Select(name => root[name]).OfType<JsonObject>().Where(optimizer => !optimizer.ContainsKey(Kind))];
        foreach (JsonObject optimizer in silent)
            optimizer.Insert(0, Kind, "adam");
        return silent is [] ? json : root.ToJsonString();
    }

    private static JsonObject? Parse(string json, JsonDocumentOptions options)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: options) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
