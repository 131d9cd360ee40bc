using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sagan.Tensors.Files;

namespace Sagan.Runs;

/// <summary>The run's <c>events.jsonl</c>, or its <c>metrics.jsonl</c>: one JSON object a line, only ever appended to.</summary>
public sealed class EventLog
{
    // Quotes and plus signs as they are: the log is for people, too, and never part of a web page.
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _path;

    private EventLog(string path) => _path = path;

    /// <summary>Opens the log of a run that starts.</summary>
    public static EventLog Start(string path) => new(path);

    /// <summary>Opens the log of a run that continues: lines after that time, and a torn last line, are dropped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="images">The clock to continue from.</param>
    public static EventLog Continue(string path, long images)
    {
        if (!File.Exists(path))
            return new EventLog(path);

        string[] kept = [.. File.ReadLines(path).Where(line => ImagesOf(line) is { } time && time <= images)];
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line + "\n")))));
        return new EventLog(path);
    }

    /// <summary>The lines of a log, oldest first; a line that is torn or no object is left out. No file has no lines.</summary>
    public static IEnumerable<JsonObject> Read(string path) =>
        File.Exists(path) ? File.ReadLines(path).Where(line => ImagesOf(line) is not null).Select(line => JsonNode.Parse(line)!.AsObject()) : [];

    /// <summary>Appends one line.</summary>
    public void Append(JsonObject line) => Append([line]);

    /// <summary>Appends lines that belong together: whoever reads meanwhile, or after the process was killed, finds all or, torn, some.</summary>
    public void Append(IReadOnlyList<JsonObject> lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line.ToJsonString(s_readable) + "\n")));
        using var stream = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(bytes);
    }

    private static long? ImagesOf(string line)
    {
        try
        {
            return JsonNode.Parse(line)?["images"]?.GetValue<long>();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
