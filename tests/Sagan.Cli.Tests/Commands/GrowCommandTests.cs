using System.Text.Json.Nodes;
using Sagan.Runs;

namespace Sagan.Cli.Tests.Commands;

public sealed class GrowCommandTests : IDisposable
{
    private const string Small =
        "grow --stages 8,16 --images-per-stage 32 --batch 8 --threads 1 --set dataset.perClass=4 --set model.generatorWidth=1 --set model.discriminatorWidth=1 --set model.attention=[8] --set model.latentSize=8";

    private readonly Program _program = new();

    [Fact]
    public void Each_stage_is_a_run_that_grows_from_the_one_before_and_a_broken_chain_goes_on()
    {
        JsonNode told = JsonNode.Parse(_program.Run($"{Small} --json").Succeeded())!;
        string[] runs = [.. told["runs"]!.AsArray().Select(run => run!.GetValue<string>())];
        Assert.Equal(["runs/00000-grow-64-toybox-b8-r8", "runs/00001-grow-64-toybox-b8-r16"], runs);
        Assert.All(runs, run => Assert.Equal(32, RunDirectory.Open(_program.In(run)).NewestResumable()));

        // As if the machine had died as the second stage began.
        Directory.Delete(_program.In(runs[1]), recursive: true);
        string output = _program.Run($"grow --resume {runs[0]} --threads 1").Succeeded();

        Assert.Contains("grown from 00000-grow-64-toybox-b8-r8", output, StringComparison.Ordinal);
        Assert.Contains($"sagan sample {runs[1]}", output, StringComparison.Ordinal);
        Assert.Equal(32, RunDirectory.Open(_program.In(runs[1])).NewestResumable());
    }

    [Fact]
    public void A_stage_that_collapses_ends_the_chain()
    {
        Outcome outcome = _program.Run($"{Small} --set collapse.action=stop --set collapse.patienceUpdates=0 --set collapse.leastDiversity=0.9999 --json");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("collapsed", JsonNode.Parse(outcome.Output)!["outcome"]!.GetValue<string>());
        Assert.Equal(["00000-grow-64-toybox-b8-r8"], Runs());
    }

    [Fact]
    public void A_stage_that_goes_back_and_collapses_again_ends_the_chain()
    {
        _program.Run($"{Small} --snap 8 --set collapse.action=rollback --set collapse.mostRollbacks=1").Succeeded();
        RunDirectory first = RunDirectory.Open(_program.In("runs", "00000-grow-64-toybox-b8-r8"));
        Directory.Delete(_program.In("runs", "00001-grow-64-toybox-b8-r16"), recursive: true);
        JsonNode config = JsonNode.Parse(File.ReadAllText(first.ConfigFile))!;
        config["totalImages"] = 48;
        config["collapse"]!["patienceUpdates"] = 0;
        config["collapse"]!["leastDiversity"] = 0.9999;
        first.WriteConfig(config.ToJsonString());

        Outcome outcome = _program.Run("grow --resume runs/00000-grow-64-toybox-b8-r8 --threads 1");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Went back to the snapshot at ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["00000-grow-64-toybox-b8-r8"], Runs());
    }

    [Fact]
    public void A_stage_that_another_process_trains_is_left_alone()
    {
        _program.Run("grow --stages 8 --images-per-stage 16 --batch 8 --threads 1 --set dataset.perClass=4 --set model.attention=[]").Succeeded();
        RunDirectory run = RunDirectory.Open(_program.In("runs", "00000-grow-64-toybox-b8-r8"));
        File.Delete(run.StateFile(16));

        using IDisposable held = run.Hold();
        string line = _program.Run("grow --resume runs/00000-grow-64-toybox-b8-r8 --threads 1").OneErrorLine(exitCode: 1);

        Assert.Contains("another process trains this run", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_takes_no_new_settings()
    {
        _program.Run("grow --stages 8 --images-per-stage 8 --batch 8 --threads 1 --set dataset.perClass=4 --set model.attention=[] --json").Succeeded();

        string line = _program.Run("grow --resume runs/00000-grow-64-toybox-b8-r8 --data toybox").OneErrorLine(exitCode: 2);

        Assert.Contains("--data", line, StringComparison.Ordinal);
    }

    public void Dispose() => _program.Dispose();

    private IEnumerable<string> Runs() => Directory.EnumerateDirectories(_program.In("runs")).Select(path => Path.GetFileName(path)).Order();
}
