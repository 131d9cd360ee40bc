using System.Globalization;
using System.Text.Json.Nodes;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class CurveCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void A_point_of_the_curve_is_what_evaluate_says_at_that_threshold()
    {
        string told = _program.Run($"curve {run.Path} --samples 24 --thresholds none,0.4 --standing 2 -o curve.svg --threads 1").Succeeded();
        JsonArray scored = JsonNode.Parse(_program.Run($"evaluate {run.Path} --metrics fid24_full,pr24_sub --truncation 0.4 --standing 2 --json --threads 1").Succeeded())!.AsArray();

        string[] lines = File.ReadAllLines(_program.In("curve.csv"));
        double[] figures = [.. lines[1].Split(',')[^3..].Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        string[] cards = File.ReadAllLines(_program.In("curve.jsonl"));
        Assert.Equal("threshold,mode,batchNorm,toybox-random-conv-1:fid24_full.fid,toybox-random-conv-1:pr24_sub.precision,toybox-random-conv-1:pr24_sub.recall", lines[0]);
        Assert.StartsWith("0.4,resample,\"standing, 2 batches of 8\",", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("none,,", lines[2], StringComparison.Ordinal);
        Assert.Equal(scored.SelectMany(card => card!["values"]!.AsObject().Select(value => value.Value!.GetValue<double>())), figures);
        Assert.Equal(4, cards.Length);
        Assert.True(JsonNode.DeepEquals(scored[0], JsonNode.Parse(cards[0])), cards[0]);
        Assert.Contains("T = 0.4", File.ReadAllText(_program.In("curve.svg")), StringComparison.Ordinal);
        Assert.Contains("Best toybox-random-conv-1:fid24_full.fid", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--thresholds 0.5,a", "'a' is no number")]
    [InlineData("--thresholds 0.5,0", "0 is below 0.01")]
    [InlineData("--metrics fid24_full", "a curve needs two")]
    [InlineData("--samples 0", "--samples 0: at least 1")]
    [InlineData("-o curve.png", "name it curve.svg")]
    public void What_makes_no_curve_is_refused(string flags, string reason)
    {
        string line = _program.Run($"curve {run.Path} {flags}").OneErrorLine(exitCode: 2);

        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}
