using System.Text.Json.Nodes;

namespace Sagan.Cli.Tests.Commands;

/// <summary><c>sagan train --profile</c>.</summary>
public sealed class TrainProfileTests : IDisposable
{
    private const string Run = "runs/00000-tiny-toybox-b8";

    private readonly Program _program = new();

    [Fact]
    public void The_short_tables_are_printed_and_both_files_named()
    {
        string output = _program.Run($"train {TrainedRun.Small} --images 128 --metrics none --profile").Succeeded();

        string[] lines = output.Split('\n');
        Assert.Contains("go (mean of 5)", output, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("D: backward ", StringComparison.Ordinal) && line.Contains('%', StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("aten::", StringComparison.Ordinal));
        Assert.Contains($"{Run}/profile.md", output, StringComparison.Ordinal);
        Assert.Contains($"{Run}/profile.json", output, StringComparison.Ordinal);
        Assert.Contains("Finished at 128 images", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.True(File.Exists(_program.In(Run, "profile.md")));
        Assert.NotEmpty(JsonNode.Parse(File.ReadAllText(_program.In(Run, "profile.json")))!["traceEvents"]!.AsArray());
    }

    [Fact]
    public void Json_names_the_profile_alone()
    {
        Outcome outcome = _program.Run($"train {TrainedRun.Small} --images 120 --metrics none --profile --json");

        JsonNode told = JsonNode.Parse(outcome.Succeeded())!;
        Assert.True(File.Exists(_program.In(told["profile"]!.GetValue<string>())));
    }

    [Fact]
    public void Resuming_counts_what_is_left()
    {
        _program.Run($"train {TrainedRun.Small} --images 16 --metrics none").Succeeded();

        string line = _program.Run($"train --resume {Run} --profile").OneErrorLine(exitCode: 2);

        Assert.Contains("0 iterations are left", line, StringComparison.Ordinal);
    }

    public void Dispose() => _program.Dispose();
}
