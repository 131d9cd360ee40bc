using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Tests.Data;

namespace Sagan.Tests.Runs;

public sealed class EventLogTests
{
    [Fact]
    public void Lines_are_appended_one_object_each()
    {
        using var folder = new TemporaryFolder();
        EventLog log = EventLog.Start(folder.At("events.jsonl"));

        log.Append(new JsonObject { ["images"] = 10, ["text"] = "two\nlines" });
        log.Append(new JsonObject { ["images"] = 20 });

        Assert.Equal(["10", "20"], File.ReadLines(folder.At("events.jsonl")).Select(line => JsonNode.Parse(line)!["images"]!.ToString()));
    }

    [Fact]
    public void Continuing_drops_later_and_torn_lines()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("events.jsonl");
        File.WriteAllText(path, "{\"images\":10}\nnoise\n{\"time\":3}\n{\"images\":20}\n{\"images\":30}\n{\"images\":20,\"lossD\":0.");

        EventLog.Continue(path, 20).Append(new JsonObject { ["images"] = 25 });

        Assert.Equal("{\"images\":10}\n{\"images\":20}\n{\"images\":25}\n", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_missing_log_is_begun_anew()
    {
        using var folder = new TemporaryFolder();

        EventLog.Continue(folder.At("events.jsonl"), 20).Append(new JsonObject { ["images"] = 30 });

        Assert.Equal("{\"images\":30}\n", File.ReadAllText(folder.At("events.jsonl")));
    }
}
