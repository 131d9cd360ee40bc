using System.Text.Json;
using System.Text.Json.Serialization;
using Sagan.Tensors.Files;

namespace Sagan.Metrics.Statistics;

/// <summary>The JSON file beside a file of statistics; its name is that of the statistics with ".json" behind.</summary>
internal static class OriginFile
{
    private const string Format = "sagan-statistics-1";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
    };

    internal static void Write(string statistics, StatisticsOrigin origin) =>
        AtomicFile.Write(PathBeside(statistics), stream => JsonSerializer.Serialize(stream, new Content(Format, origin), s_options));

    /// <summary>What stands beside a file of statistics; null where nothing does.</summary>
    /// <exception cref="ArrayFileException">There is a file, but not one of this kind.</exception>
    internal static StatisticsOrigin? Read(string statistics)
    {
        string path = PathBeside(statistics);
        if (!File.Exists(path))
            return null;
        try
        {
            Content? content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), s_options);
            return content is { Format: Format, Origin: { } origin }
                ? origin
                : throw new ArrayFileException(path, "format", $"not {Format}; remove the file, or write it with this version of sagan");
        }
        catch (JsonException error)
        {
            throw new ArrayFileException(path, "json", $"{error.Message} Remove the file, or write the statistics again", error);
        }
    }

    /// <summary>Removes what stands beside older statistics of that name.</summary>
    internal static void Remove(string statistics) => File.Delete(PathBeside(statistics));

    private static string PathBeside(string statistics) => statistics + ".json";

    private sealed record Content(string Format, StatisticsOrigin Origin);
}
