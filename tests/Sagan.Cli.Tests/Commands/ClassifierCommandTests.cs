using System.Text.Json.Nodes;

namespace Sagan.Cli.Tests.Commands;

[Collection(nameof(TrainedRun))]
public sealed class ClassifierCommandTests(TrainedRun run)
{
    private readonly Program _program = run.Program;

    [Fact]
    public void A_classifier_is_trained_tested_and_judges_a_run_by_its_classes()
    {
        string trained = _program.Run("classifier train --width 2 --images 640 --threads 1 --resolution 32 -o toybox.safetensors --confusion confusion.png").Succeeded();
        JsonNode tested = JsonNode.Parse(_program.Run("classifier test toybox.safetensors --data toybox --threads 1 --json").Succeeded())!["test"]!;
        JsonNode judged = JsonNode.Parse(_program.Run($"classifier judge toybox.safetensors {run.Path} --samples 20 --threads 1 --json").Succeeded())![0]!;

        Assert.Contains("butterfly", trained, StringComparison.Ordinal);
        Assert.Contains("pictures that it was not trained on", trained, StringComparison.Ordinal);
        Assert.True(File.Exists(_program.In("confusion.png")));
        Assert.Equal(5000, tested["pictures"]!.GetValue<int>());
        Assert.Equal(20, judged["pictures"]!.GetValue<int>());
        Assert.True(judged["diversity"]!.GetValue<double>() > 0);
    }

    [Fact]
    public void A_classifier_learns_from_what_a_network_draws()
    {
        string trained = _program.Run($"classifier train --data {run.Path} --per-class 10 --width 2 --images 64 --threads 1 -o drawn.safetensors").Succeeded();
        _program.Run($"classifier judge drawn.safetensors {run.Path} --samples 10 --threads 1").Succeeded();
        string parts = _program.Run($"classifier train --data {run.Path} --split train -o no.safetensors").OneErrorLine(exitCode: 2);
        string drawn = _program.Run("classifier train --per-class 10 -o no.safetensors").OneErrorLine(exitCode: 2);

        Assert.Contains("drawn (training part): 90 pictures, 3x32x32, 10 classes; test: 10", trained, StringComparison.Ordinal);
        Assert.Contains("--split: a network draws in its own size", parts, StringComparison.Ordinal);
        Assert.Contains("--per-class 10: is for a network", drawn, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_is_guided_by_a_classifier_of_its_classes_and_no_other()
    {
        using var program = new Program();
        program.Run("classifier train --width 2 --images 64 --threads 1 --resolution 16 -o small.safetensors --json").Succeeded();
        string term = "terms=[{\"kind\":\"classifier-guidance\",\"file\":\"small.safetensors\",\"weight\":0.5}]";

        string refused = program.Run($"train {TrainedRun.Small} --images 8 --set {term}").OneErrorLine(exitCode: 2);

        Assert.Matches("small.safetensors judges pictures of 3x16x16, these are 3x32x32", refused);
    }
}
