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
    public void Resuming_takes_no_new_settings()
    {
        _program.Run("grow --stages 8 --images-per-stage 8 --batch 8 --threads 1 --set dataset.perClass=4 --set model.attention=[] --json").Succeeded();

        string line = _program.Run("grow --resume runs/00000-grow-64-toybox-b8-r8 --data toybox").OneErrorLine(exitCode: 2);

        Assert.Contains("--data", line, StringComparison.Ordinal);
    }

    public void Dispose() => _program.Dispose();
}
