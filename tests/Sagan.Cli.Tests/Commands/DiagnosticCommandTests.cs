using System.Text.Json.Nodes;

namespace Sagan.Cli.Tests.Commands;

/// <summary>What looks at networks and runs and changes neither: summary, plan, plot.</summary>
[Collection(nameof(TrainedRun))]
public sealed class DiagnosticCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void Summary_shows_a_recipes_layers_and_totals_with_attention_marked()
    {
        string output = _program.Run("summary tiny").Succeeded();

        Assert.Matches(@"\* attention16 +SelfAttention +32x16x16", output);
        Assert.Matches(@"total +297,828 ", output);
        Assert.Matches(@"total +306,290 ", output);
    }

    [Fact]
    public void Summary_of_a_run_is_that_of_its_networks()
    {
        JsonNode summary = JsonNode.Parse(_program.Run($"summary {run.Path} --json").Succeeded())!;
        JsonNode recipe = JsonNode.Parse(_program.Run("summary tiny --json --set model.generatorWidth=8 --set model.discriminatorWidth=8 --set model.latentSize=8").Succeeded())!;

        Assert.True(JsonNode.DeepEquals(recipe, summary));
        Assert.Equal(10, summary["classes"]!.GetValue<int>());
    }

    [Fact]
    public void A_plan_measures_this_machine_and_estimates_a_named_gpu()
    {
        JsonNode plan = JsonNode.Parse(_program.Run($"plan tiny {TrainedRun.Small} --gpu h100 --json").Succeeded())!;

        Assert.True(plan["measured"]!["seconds"]![0]!.GetValue<double>() > 0);
        Assert.True(plan["gpu"]!["seconds"]![0]!.GetValue<double>() < plan["gpu"]!["seconds"]![1]!.GetValue<double>());
        Assert.True(plan["flopsPerImage"]!.GetValue<double>() > plan["flopsG"]!.GetValue<double>());
    }

    [Fact]
    public void Plots_are_written_into_the_run_with_their_numbers()
    {
        string[] files = _program.Run($"plot {run.Path}").Succeeded().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains($"{run.Path}/plots/singular-values-generator.svg", files);
        Assert.All(files, file => Assert.True(File.Exists(_program.In(Path.ChangeExtension(file, ".csv")))));
    }
}
