using System.Text.Json;
using Sagan.Layers.Tracing;

namespace Sagan.Training.Profiling;

/// <summary>A profile as a timeline: Chrome's Trace Event Format, which chrome://tracing, Edge and ui.perfetto.dev open.</summary>
/// <remarks>
/// Complete events ("ph": "X") with their start and duration in microseconds, from the first measured iteration on; the viewer
/// nests those of a thread by time. Iterations, phases and layers are events as operators are, of other categories.
/// </remarks>
internal static class ChromeTrace
{
    private const int Process = 1;

    /// <summary>Writes it as JSON.</summary>
    internal static void Write(Stream stream, StepProfile profile)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        WriteName(json, "process_name", 0, $"sagan train: {profile.Setting}");
        var threads = new Dictionary<ulong, int>();
        long origin = profile.Recorded.First().Iteration.Start;
        int number = 0;
        foreach ((RecordedIteration iteration, IReadOnlyList<OperatorCall> calls) in profile.Recorded)
            WriteIteration(json, ++number, iteration, calls, origin, threads);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIteration(
        Utf8JsonWriter json, int number, RecordedIteration iteration, IReadOnlyList<OperatorCall> calls, long origin, Dictionary<ulong, int> threads)
    {
        int own = ThreadOf(json, iteration.Thread, threads);
        WriteEvent(json, $"iteration {number}", "iteration", own, iteration.Start, iteration.End, origin);
        foreach (PhaseSpan phase in iteration.Phases)
            WriteEvent(json, ProfileText.NameOf(phase.Phase), "phase", own, phase.Start, phase.End, origin);
        foreach (LayerSpan layer in iteration.Layers)
            WriteEvent(json, layer.Module.Path, "layer", own, layer.Start, layer.End, origin, kind: layer.Module.GetType().Name);
        foreach (OperatorCall call in calls)
        {
            string category = call.Event.IsNode ? "backward" : "operator";
            WriteEvent(json, call.Event.Name, category, ThreadOf(json, call.Event.Thread, threads), call.Event.Start, call.Event.End, origin, layer: call.Layer?.Path);
        }
    }

    private static void WriteEvent(
        Utf8JsonWriter json, string name, string category, int thread, long start, long end, long origin, string? kind = null, string? layer = null)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("cat", category);
        json.WriteString("ph", "X");
        json.WriteNumber("ts", (start - origin) / 1000m);
        json.WriteNumber("dur", (end - start) / 1000m);
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", thread);
        if (kind is not null || layer is not null)
        {
            json.WriteStartObject("args");
            json.WriteString(kind is null ? "layer" : "kind", kind ?? layer);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // Threads are numbered from 1, in the order in which they come.
    private static int ThreadOf(Utf8JsonWriter json, ulong thread, Dictionary<ulong, int> threads)
    {
        if (threads.TryGetValue(thread, out int number))
            return number;
        threads[thread] = number = threads.Count + 1;
        WriteName(json, "thread_name", number, number == 1 ? "training" : $"backward {number - 1}");
        return number;
    }

    private static void WriteName(Utf8JsonWriter json, string what, int thread, string name)
    {
        json.WriteStartObject();
        json.WriteString("name", what);
        json.WriteString("ph", "M");
        json.WriteNumber("pid", Process);
        json.WriteNumber("tid", thread);
        json.WriteStartObject("args");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
