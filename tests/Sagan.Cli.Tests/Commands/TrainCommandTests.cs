using System.Text.Json.Nodes;
using Sagan.Runs;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class TrainCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void A_run_leaves_its_directory_and_says_what_to_do_next()
    {
        string output = run.Training.Succeeded();

        Assert.Contains($"sagan sample {run.Path}", output, StringComparison.Ordinal);
        Assert.Contains($"sagan train --resume {run.Path}", output, StringComparison.Ordinal);
        Assert.Equal(64, RunDirectory.Open(_program.In(run.Path)).NewestResumable());
        Assert.Equal([null, null, "snapshot"], EventLog.Read(_program.In(run.Path, "events.jsonl")).Select(line => line["event"]?.ToString()));
    }

    [Fact]
    public void Piped_output_has_no_escape_codes()
    {
        Assert.DoesNotContain('\u001b', run.Training.Output + run.Training.Errors);
    }

    [Fact]
    public void A_dry_run_prints_what_reads_back_equal()
    {
        string printed = _program.Run("train sagan-32 --set batchSize=24 --seed 7 --dry-run").Succeeded();
        File.WriteAllText(_program.In("mine.json"), printed);

        string again = _program.Run("train mine.json --dry-run").Succeeded();

        Assert.Equal(printed, again);
        Assert.Equal(24, JsonNode.Parse(printed)!["batchSize"]!.GetValue<int>());
        Assert.Equal(7, JsonNode.Parse(printed)!["seed"]!.GetValue<int>());
    }

    [Fact]
    public void Resuming_goes_on_where_the_run_ended()
    {
        using var program = new Program();
        Copy(_program.In(run.Path), program.In("copy"));

        Outcome resumed = program.Run("train --resume copy --images 80 --threads 1");

        Assert.Contains("Continuing at   64 images", resumed.Succeeded(), StringComparison.Ordinal);
        Assert.Contains("totalImages: 64", resumed.Errors, StringComparison.Ordinal);
        Assert.Equal(80, RunDirectory.Open(program.In("copy")).NewestResumable());
    }

    [Fact]
    public void Resuming_refuses_other_data()
    {
        string line = _program.Run($"train --resume {run.Path} --data toybox").OneErrorLine(exitCode: 2);

        Assert.Contains("--data", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_config_with_an_unknown_setting_is_refused_by_name()
    {
        string config = _program.Run("train --dry-run").Succeeded();
        File.WriteAllText(_program.In("typo.json"), config.Replace("\"batchSize\"", "\"batchSzie\"", StringComparison.Ordinal));

        string line = _program.Run("train typo.json --dry-run").OneErrorLine(exitCode: 2);

        Assert.Contains("batchSzie", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_tells_the_outcome_alone()
    {
        using var program = new Program();

        Outcome outcome = program.Run($"train {TrainedRun.Small} --images 8 --json");

        JsonNode told = JsonNode.Parse(outcome.Succeeded())!;
        Assert.Equal("finished", told["outcome"]!.GetValue<string>());
        Assert.True(File.Exists(program.In(told["snapshot"]!.GetValue<string>())));
    }

    [SkippableOnWindowsFact]
    public void A_termination_signal_saves_and_tells_how_to_go_on()
    {
        using var program = new Program();

        Outcome outcome = program.TerminateAfter("images ", $"train {TrainedRun.Small} --images 100m --set tickImages=8");

        Assert.Equal(130, outcome.ExitCode);
        Assert.Contains($"sagan train --resume {run.Path}", outcome.Output, StringComparison.Ordinal);
        Assert.InRange(RunDirectory.Open(program.In(run.Path)).NewestResumable() ?? 0, 8, 100_000);
        Assert.Empty(Directory.EnumerateFiles(program.Folder, "*.tmp-*", SearchOption.AllDirectories));
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
