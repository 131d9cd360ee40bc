using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Classifiers;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Classification;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan classifier judge</c>.</summary>
internal static class ClassifierJudgeCommand
{
    private static readonly Argument<string> s_file = ClassifierCommand.FileArgument();
    private static readonly Argument<string[]> s_networks = new("network") { Description = "Snapshot files or run directories.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<int> s_samples = new("--samples") { Description = "Pictures to draw, as many of each class.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<string?> s_data = new("--data") { Description = "Real pictures to compare with: their figures stand in the first line, and diversity is told as a share of theirs." };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<bool> s_skipBad = Options.SkipBad();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the figures");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "judge", "Judge generators with a classifier: fidelity (the share of samples that show the class asked for) and diversity (how far samples of one class lie apart).",
            "sagan classifier judge toybox.safetensors runs/00000-tiny-toybox-b16 --data toybox",
            "sagan classifier judge toybox.safetensors runs/*guided* --samples 5000")
        {
            s_file, s_networks, s_samples, s_data, s_split, s_skipBad, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        int samples = arguments.GetValue(s_samples);
        if (samples < 1)
            throw new UsageException($"--samples {samples}: at least 1; a few hundred of each class make a figure");
        ClassifierFile file = ClassifierFile.Open(arguments.GetValue(s_file)!);
        (string Name, Snapshot Snapshot)[] networks = [.. arguments.GetValue(s_networks)!.Select(path => (NetworkFile.NameOf(path), Open(path, file)))];
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Classifier classifier = file.Load(device);

        var lines = new List<(string Name, ClassifierJudge Judge)>();
        if (arguments.GetValue(s_data) is { } data)
        {
            using Dataset dataset = ClassifierCommand.OpenData(data, arguments.GetValue(s_split), file.Images.Resolution, arguments.GetValue(s_skipBad));
            ClassifierCommand.RequireFit(file, dataset);
            lines.Add(($"{dataset.Name}: real", DataView.WithProgress(progress => ClassifierJudge.OfDataset(classifier, device, dataset, progress))));
        }

        double? real = lines.Count > 0 ? lines[0].Judge.Diversity : null;
        foreach ((string name, Snapshot snapshot) in networks)
        {
            using Generator generator = snapshot.LoadGenerator(device);
            lines.Add((name, DataView.WithProgress(progress => ClassifierJudge.OfSamples(classifier, generator, device, samples, progress))));
        }

        Print(lines, real, arguments.GetValue(s_json));
        return 0;
    }

    private static Snapshot Open(string path, ClassifierFile file)
    {
        Snapshot snapshot = NetworkFile.Open(path);
        if (!snapshot.Model.Conditional)
            throw new UsageException($"{path}: this network was trained without classes, so that no picture has one to show");
        if (file.MismatchWith(snapshot.Images, snapshot.ClassNames) is { } problem)
            throw new UsageException($"{path} cannot be judged: {file.Path} {problem}");
        return snapshot;
    }

    private static void Print(List<(string Name, ClassifierJudge Judge)> lines, double? real, bool json)
    {
        if (json)
        {
            System.Console.WriteLine(new JsonArray([.. lines.Select(line => (JsonNode)new JsonObject
            {
                ["name"] = line.Name,
                ["pictures"] = line.Judge.Confusion.Total,
                ["accuracy"] = line.Judge.Confusion.Accuracy,
                ["diversity"] = line.Judge.Diversity,
            })]).ToJsonString());
            return;
        }

        int width = lines.Max(line => line.Name.Length);
        foreach ((string name, ClassifierJudge judge) in lines)
        {
            string share = real is > 0 && judge.Diversity is { } diversity ? string.Create(CultureInfo.InvariantCulture, $" ({100 * diversity / real:0} % of real)") : "";
            System.Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name.PadRight(width)}  {judge.Confusion.Total,7} pictures  accuracy {100 * judge.Confusion.Accuracy,5:0.0} %  diversity {judge.Diversity ?? double.NaN,6:0.000}{share}"));
        }
    }
}
