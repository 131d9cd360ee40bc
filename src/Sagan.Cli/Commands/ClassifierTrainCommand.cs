using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Classifiers;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Classification;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan classifier train</c>.</summary>
internal static class ClassifierTrainCommand
{
    private const int DefaultPerClass = 1000;

    private static readonly ClassifierTraining s_defaults = new();

    private static readonly Option<string> s_data = new("--data") { Description = "Your pictures, as for `sagan train`; or toybox, the built-in set (default); or a network (a snapshot, a run directory), which then draws them.", DefaultValueFactory = _ => "toybox" };
    private static readonly Option<int?> s_perClass = new("--per-class") { Description = $"Pictures that a network draws of each class. Default: {DefaultPerClass}." };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<string?> s_testSplit = new("--test-split") { Description = "Part of the data to test on, such as test. Default: some of the pictures are held out." };
    private static readonly Option<double> s_heldOut = new("--held-out") { Description = "Percent of every class that is held out to test on, where there is no --test-split.", DefaultValueFactory = _ => 10 };
    private static readonly Option<bool> s_skipBad = Options.SkipBad();
    private static readonly Option<int?> s_resolution = new("--resolution") { Description = "Side of the pictures, a power of two from 8 to 512: that of the generator to judge. Default: 32 for the toybox, else found from the pictures." };
    private static readonly Option<string?> s_images = new("--images") { Description = "Pictures to show before the end, e.g. 200k. Default: 50k." };
    private static readonly Option<int> s_batch = new("--batch") { Description = "Pictures of an update.", DefaultValueFactory = _ => s_defaults.BatchSize };
    private static readonly Option<int> s_width = new("--width") { Description = "Channels of a 32x32 map; more for many classes.", DefaultValueFactory = _ => s_defaults.Width };
    private static readonly Option<double> s_rate = new("--learning-rate") { Description = "Adam's step size at the start.", DefaultValueFactory = _ => s_defaults.LearningRate };
    private static readonly Option<bool> s_noMirror = new("--no-mirror") { Description = "Do not mirror pictures: where left and right tell classes apart, as in letters." };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Seed of weights and order." };
    private static readonly Option<string> s_output = new("--output", "-o") { Description = "Where the classifier goes: one safetensors file.", Required = true };
    private static readonly Option<string?> s_confusion = ClassifierCommand.ConfusionFile();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the outcome");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "train", "Train a classifier and test it on pictures that it has not seen. Ctrl-C stops early, tests and saves.",
            "sagan classifier train -o toybox.safetensors",
            "sagan classifier train --data pictures/ --resolution 64 --images 500k -o pictures.safetensors --confusion confusion.png",
            "sagan classifier train --data cifar-10.tar.gz --test-split test --width 64 --images 2m -o cifar.safetensors",
            "sagan classifier train --data runs/00000-tiny-toybox-b16 --per-class 5000 -o drawn.safetensors")
        {
            s_data, s_perClass, s_split, s_testSplit, s_heldOut, s_skipBad, s_resolution, s_images, s_batch, s_width, s_rate, s_noMirror, s_seed,
            s_output, s_confusion, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string output = Options.Output("--output", arguments.GetValue(s_output)!);
        string? confusion = arguments.GetValue(s_confusion) is { } sheet ? Options.Output("--confusion", sheet) : null;
        ClassifierTraining settings = Settings(arguments);
        settings.Validate();
        double share = arguments.GetValue(s_heldOut) / 100;
        if (share is not (> 0 and < 1))
            throw new UsageException($"--held-out {100 * share}: a percentage above 0 and below 100");
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        string path = arguments.GetValue(s_data)!;
        bool skipBad = arguments.GetValue(s_skipBad), json = arguments.GetValue(s_json);

        using Dataset whole = ScoredTarget.IsNetwork(path) ? Drawn(path, arguments, device) : Given(path, arguments);
        using Dataset? other = arguments.GetValue(s_testSplit) is { } split ? ClassifierCommand.OpenData(path, split, whole.Width, skipBad) : null;
        (Dataset kept, Dataset test) = other is null ? HeldOutShare.Split(whole, share) : (whole, other);
        if (!test.ClassNames.SequenceEqual(kept.ClassNames))
            throw new DataException($"'{test.Name}' and '{kept.Name}' have different classes; test on a part of the same data");

        using var trainer = new ClassifierTrainer(settings, kept, device);
        Action<string> print = json ? _ => { } : System.Console.WriteLine;
        print($"Classifier      {trainer.Classifier.ParameterCount:n0} parameters, {trainer.Classifier.FeatureCount} features; on {device}, {Torch.Threads} threads");
        print($"Data            {kept.Name}: {kept.Count} pictures, {kept.Channels}x{kept.Height}x{kept.Width}, {kept.ClassNames.Count} classes; test: {test.Count}");
        trainer.Ticked += tick => print(Line(tick));

        using var interrupts = new Interrupts();
        TrainingOutcome outcome = trainer.Run(interrupts.Token);
        ClassifierJudge judge = DataView.WithProgress(progress => ClassifierJudge.OfDataset(trainer.Classifier, device, test, progress));
        var facts = new ClassifierFacts(
            whole.ClassNames, whole.Name, whole.Fingerprint, other is null ? share : 0, trainer.Images, judge.Confusion.Total, judge.Confusion.Accuracy);
        ClassifierFile.Write(output, trainer.Classifier, facts);
        if (confusion is not null)
            ConfusionSheet.Write(confusion, judge.Confusion, kept.ClassNames);

        if (json)
            System.Console.WriteLine(new JsonObject { ["outcome"] = outcome == TrainingOutcome.Finished ? "finished" : "stopped", ["file"] = output, ["images"] = trainer.Images, ["test"] = ConfusionView.ToJson(judge.Confusion, kept.ClassNames) }.ToJsonString());
        else
            ConfusionView.Print(judge.Confusion, kept.ClassNames, $"{test.Name}, {test.Count} pictures that it was not trained on");
        print(outcome == TrainingOutcome.Finished ? $"Classifier in {output}" : $"Stopped after {trainer.Images} pictures; classifier in {output}");
        return outcome == TrainingOutcome.Finished ? 0 : Failure.Interrupted;
    }

    private static Dataset Given(string path, ParseResult arguments) => arguments.GetValue(s_perClass) is { } perClass
        ? throw new UsageException($"--per-class {perClass}: is for a network that draws; {path} has the pictures that it has")
        : ClassifierCommand.OpenData(path, arguments.GetValue(s_split), arguments.GetValue(s_resolution), arguments.GetValue(s_skipBad));

    private static DrawnDataset Drawn(string path, ParseResult arguments, Device device)
    {
        int perClass = Options.Positive("--per-class", arguments.GetValue(s_perClass)) ?? DefaultPerClass;
        if (new Option[] { s_split, s_testSplit, s_resolution }.FirstOrDefault(flag => arguments.GetResult(flag) is not null) is { } flag)
            throw new UsageException($"{flag.Name}: a network draws in its own size and has no parts; test afterwards, with `{Options.Program} classifier test`");
        Snapshot snapshot = NetworkFile.Open(path);
        return DataView.WithProgress(progress =>
        {
            using ScoredTarget network = ScoredTarget.OfNetwork(path, snapshot, new Drawing(null, null), seed: 0, device, progress);
            return new DrawnDataset((DrawnPictures)network.Pictures, snapshot.Images, perClass, progress);
        });
    }

    private static ClassifierTraining Settings(ParseResult arguments) => new()
    {
        TotalImages = arguments.GetValue(s_images) is { } images ? Options.Images("--images", images) : s_defaults.TotalImages,
        BatchSize = arguments.GetValue(s_batch),
        Width = arguments.GetValue(s_width),
        LearningRate = arguments.GetValue(s_rate),
        Mirror = !arguments.GetValue(s_noMirror),
        Seed = arguments.GetValue(s_seed),
    };

    private static string Line(ClassifierTick tick) => string.Create(
        CultureInfo.InvariantCulture,
        $"images {tick.Images,9} ({100.0 * Math.Min(tick.Images, tick.TotalImages) / tick.TotalImages,5:0.0} %)  left {TimeSpan.FromSeconds(Math.Min(tick.SecondsLeft, 1e8)):d\\.hh\\:mm\\:ss}  {tick.ImagesPerSecond,7:0.0} img/s  cross entropy {tick.Loss:0.0000}");
}
