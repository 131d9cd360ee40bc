using System.Text.Json.Nodes;
using Sagan.Evaluation;

namespace Sagan.Cli.Tests.Commands;

/// <summary>Scores of <c>sagan train</c>: out of the box, by flags, and refused in time.</summary>
[Collection(nameof(TrainedRun))]
public sealed class TrainScoresTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void Out_of_the_box_a_run_tells_a_score_of_as_many_pictures_as_there_are()
    {
        string output = run.Training.Succeeded();

        MetricCard card = Assert.Single(CardFile.Read(_program.In(run.Path, "metrics.jsonl")));
        Assert.Matches(@"(?m)^score +64  fid40_sub \d", output);
        Assert.Contains($"curve: {run.Path}/plots/fid40_sub.svg", output, StringComparison.Ordinal);
        Assert.Equal((64, 40, 40, "toybox-random-conv-1"), (card.Images, card.RealCount, card.GeneratedCount, card.Extractor));
        Assert.True(File.Exists(_program.In(run.Path, "plots", "fid40_sub.svg")));
    }

    [Fact]
    public void Evaluating_the_run_gives_the_very_score()
    {
        MetricCard trained = Assert.Single(CardFile.Read(_program.In(run.Path, "metrics.jsonl")));

        _program.Run($"evaluate {run.Path} --metrics fid40_sub --threads 1 -o same.jsonl").Succeeded();

        MetricCard evaluated = Assert.Single(CardFile.Read(_program.In("same.jsonl")));
        trained.RequireComparable(evaluated);
        Assert.Equal(trained.Value, evaluated.Value);
    }

    [Fact]
    public void Flags_change_the_recipes_scores()
    {
        Assert.Equal("""{"names":"fid1k_sub","everyImages":null,"features":"toybox","resize":null}""", Metrics("tiny"));
        Assert.Equal("""{"names":"is5k,fid5k_full","everyImages":20000,"features":"inception","resize":"pytorch-fid"}""",
            Metrics("tiny --metrics is5k,fid5k_full --metric-every 20k --features inception --resize pytorch-fid"));
        Assert.Null(Metrics("tiny --metrics none"));
        Assert.Null(Metrics("tiny --data pictures"));
        Assert.Equal("""{"names":"fid5k_full","everyImages":null,"features":null,"resize":null}""", Metrics("tiny --data pictures --metrics fid5k_full"));
    }

    [Theory]
    [InlineData("--metrics fid5k_ful", 2, "fid5k_ful")]
    [InlineData("--metrics none --metric-every 5k --keep best=fid5k_full", 2, "--metrics fid5k_full")]
    [InlineData("--metrics fid40_full --features classifier:none.safetensors", 1, "none.safetensors")]
    [InlineData("--metrics fid40_full --features inception:none.pth", 1, "none.pth")]
    [InlineData("--metrics is100 --features toybox", 1, "is100")]
    [InlineData("--metrics fid41_sub", 1, "40 pictures and 41")]
    public void What_cannot_be_scored_is_refused_before_there_is_a_run(string flags, int code, string complaint)
    {
        using var program = new Program();

        string line = program.Run($"train {TrainedRun.Small} --images 64 {flags}").OneErrorLine(exitCode: code);

        Assert.Contains(complaint, line, StringComparison.Ordinal);
        Assert.False(Directory.Exists(program.In("runs")));
    }

    private string? Metrics(string arguments) =>
        JsonNode.Parse(_program.Run($"train {arguments} --dry-run").Succeeded())!["metrics"]?.ToJsonString();
}
