using System.Text.Json.Nodes;

namespace Sagan.Tests.Training.Profiling;

/// <summary>The timeline is what the Trace Event Format asks for.</summary>
public sealed class ChromeTraceTests(ProfiledRun run) : IClassFixture<ProfiledRun>
{
    private readonly JsonObject[] _events =
        [.. JsonNode.Parse(File.ReadAllText(run.Directory.ProfileTraceFile))!["traceEvents"]!.AsArray().Select(told => told!.AsObject())];

    [Fact]
    public void Every_event_has_what_its_kind_must_have()
    {
        Assert.All(_events, told =>
        {
            Assert.NotEqual("", told["name"]!.GetValue<string>());
            Assert.Equal(1, told["pid"]!.GetValue<int>());
            Assert.True(told["tid"]!.GetValue<int>() >= 0);
            if (told["ph"]!.GetValue<string>() == "M")
            {
                Assert.NotEqual("", told["args"]!["name"]!.GetValue<string>());
                return;
            }

            Assert.Equal("X", told["ph"]!.GetValue<string>());
            Assert.Contains(told["cat"]!.GetValue<string>(), (string[])["iteration", "phase", "layer", "operator", "backward"]);
            Assert.True(told["ts"]!.GetValue<decimal>() >= 0);
            Assert.True(told["dur"]!.GetValue<decimal>() >= 0);
        });
    }

    [Fact]
    public void Threads_and_the_process_have_names()
    {
        JsonObject[] names = [.. _events.Where(told => told["ph"]!.GetValue<string>() == "M")];

        Assert.Equal("process_name", names[0]["name"]!.GetValue<string>());
        Assert.Equal(
            _events.Except(names).Select(told => told["tid"]!.GetValue<int>()).Distinct(),
            names[1..].Select(told => told["tid"]!.GetValue<int>()));
    }

    [Fact]
    public void Events_of_a_thread_lie_inside_one_another_or_apart()
    {
        var spans = _events.Where(told => told["ph"]!.GetValue<string>() == "X")
            .Select(told => (Name: told["name"]!.GetValue<string>(), Thread: told["tid"]!.GetValue<int>(), Start: told["ts"]!.GetValue<decimal>(), End: told["ts"]!.GetValue<decimal>() + told["dur"]!.GetValue<decimal>()))
            .GroupBy(span => span.Thread);

        foreach (var thread in spans)
        {
            var open = new Stack<(string Name, int Thread, decimal Start, decimal End)>();
            foreach (var span in thread.OrderBy(span => span.Start).ThenByDescending(span => span.End))
            {
                while (open.TryPeek(out var last) && last.End <= span.Start)
                    open.Pop();
                Assert.True(open.Count == 0 || span.End <= open.Peek().End, $"{span} overlaps the end of {(open.Count > 0 ? open.Peek() : default)}");
                open.Push(span);
            }
        }
    }

    [Fact]
    public void Iterations_hold_phases_and_layers_hold_operators()
    {
        (decimal Start, decimal End)[] iterations = Spans("iteration"), phases = Spans("phase");
        JsonObject convolution = _events.First(told => told["args"]?["layer"]?.GetValue<string>() == "generator.conv" && told["name"]!.GetValue<string>() == "aten::conv2d");
        (decimal Start, decimal End) inner = SpanOf(convolution);

        Assert.Equal(5, iterations.Length);
        Assert.All(phases, phase => Assert.Contains(iterations, iteration => iteration.Start <= phase.Start && phase.End <= iteration.End));
        Assert.Contains(
            _events.Where(told => told["cat"]?.GetValue<string>() == "layer" && told["name"]!.GetValue<string>() == "generator.conv").Select(SpanOf),
            layer => layer.Start <= inner.Start && inner.End <= layer.End);
    }

    private (decimal Start, decimal End)[] Spans(string category) =>
        [.. _events.Where(told => told["cat"]?.GetValue<string>() == category).Select(SpanOf)];

    private static (decimal Start, decimal End) SpanOf(JsonObject told) =>
        (told["ts"]!.GetValue<decimal>(), told["ts"]!.GetValue<decimal>() + told["dur"]!.GetValue<decimal>());
}
