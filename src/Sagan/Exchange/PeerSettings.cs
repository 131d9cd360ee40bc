using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sagan.Models;

namespace Sagan.Exchange;

/// <summary>What another project was told, by its own argument names: it settles what shapes leave open.</summary>
/// <remarks>
/// JSON with an object for each network, <c>{"G": {"BN_eps": 1e-4}, "D": {}}</c>, or with one for both; either may stand in
/// <c>args</c>. StudioGAN's YAML: names count, sections do not.
/// </remarks>
public sealed class PeerSettings
{
    private readonly string _path;
    private readonly JsonObject _root;

    private PeerSettings(string path, JsonObject root)
    {
        _path = path;
        _root = root;
    }

    /// <summary>Nothing is known.</summary>
    public static PeerSettings None { get; } = new("", []);

    /// <summary>What a network of ours asks of the project.</summary>
    internal static PeerSettings Of(JsonObject arguments) => new("", arguments);

    /// <summary>Reads a file: YAML by its ending, else JSON.</summary>
    /// <exception cref="ConfigException">Not such a file.</exception>
    public static PeerSettings Read(string path)
    {
        string text = File.ReadAllText(path);
        if (Path.GetExtension(path) is ".yaml" or ".yml")
            return new PeerSettings(path, PeerYaml.Read(text));
        try
        {
            JsonNode? root = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return (root as JsonObject)?["args"] as JsonObject is { } arguments ? new PeerSettings(path, arguments)
                : root is JsonObject all ? new PeerSettings(path, all)
                : throw new ConfigException(path, "is no JSON object; write {\"G\": {…}, \"D\": {…}} with the project's own arguments");
        }
        catch (JsonException error)
        {
            throw new ConfigException(path, $"is no JSON: {error.Message}");
        }
    }

    /// <summary>A setting as text; null where nothing is said.</summary>
    /// <param name="network">"G" or "D".</param>
    /// <param name="name">The project's.</param>
    public string? Text(string network, string name) => Find(network, name)?.ToString();

    /// <summary>A number.</summary>
    /// <param name="network">"G" or "D".</param>
    /// <param name="name">The project's.</param>
    /// <param name="otherwise">Where nothing is said: the project's own default.</param>
    /// <exception cref="ConfigException">It is none.</exception>
    public double Number(string network, string name, double otherwise) => Text(network, name) is not { } text
        ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw Wrong(name, $"'{text}' is no number");

    /// <summary>Refuses settings of another network than the weights are of.</summary>
    /// <exception cref="ConfigException">The setting is there and is another number.</exception>
    public void Confirm(string network, string name, int fact)
    {
        if (Number(network, name, fact) is var said && said != fact)
            throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"is {said}, and the weights say {fact}: these are the settings of another network"));
    }

    /// <summary>Refuses what none of our networks computes.</summary>
    /// <exception cref="ConfigException">The setting is there and is none of those.</exception>
    public void RequireOneOf(string network, string name, params ReadOnlySpan<string> known)
    {
        if (Text(network, name) is { } text && !known.Contains(text))
            throw Wrong(name, $"is '{text}', which no network here computes; it can be {string.Join(" or ", known!)}");
    }

    private JsonNode? Find(string network, string name) => (_root[network] as JsonObject)?[name] ?? _root[name];

    private ConfigException Wrong(string name, string problem) => new($"{_path}: {name}", problem);
}
