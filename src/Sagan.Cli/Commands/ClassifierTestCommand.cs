using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Classifiers;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Tensors;
using Sagan.Training.Classification;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan classifier test</c>.</summary>
internal static class ClassifierTestCommand
{
    private static readonly Argument<string> s_file = ClassifierCommand.FileArgument();
    private static readonly Option<string> s_data = new("--data") { Description = "The pictures, as for `sagan train`; or toybox.", Required = true };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<bool> s_all = new("--all") { Description = "Test on all pictures, also on those it was trained on. Default: on those that training held out, where it was trained on these data." };
    private static readonly Option<bool> s_skipBad = Options.SkipBad();
    private static readonly Option<string?> s_confusion = ClassifierCommand.ConfusionFile();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the counts");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "test", "Test a classifier on labelled pictures: accuracy by class, and what is taken for what.",
            "sagan classifier test toybox.safetensors --data toybox",
            "sagan classifier test cifar.safetensors --data cifar-10.tar.gz --split test --confusion confusion.png")
        {
            s_file, s_data, s_split, s_all, s_skipBad, s_confusion, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string? confusion = arguments.GetValue(s_confusion) is { } sheet ? Options.Output("--confusion", sheet) : null;
        ClassifierFile file = ClassifierFile.Open(arguments.GetValue(s_file)!);
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));

        using Dataset whole = ClassifierCommand.OpenData(arguments.GetValue(s_data)!, arguments.GetValue(s_split), file.Images.Resolution, arguments.GetValue(s_skipBad));
        ClassifierCommand.RequireFit(file, whole);
        bool known = file.Facts is { HeldOut: > 0 } facts && facts.DataFingerprint == whole.Fingerprint;
        Dataset tested = known && !arguments.GetValue(s_all) ? HeldOutShare.Split(whole, file.Facts.HeldOut).HeldOut : whole;

        using Classifier classifier = file.Load(device);
        ClassifierJudge judge = DataView.WithProgress(progress => ClassifierJudge.OfDataset(classifier, device, tested, progress));
        if (confusion is not null)
            ConfusionSheet.Write(confusion, judge.Confusion, file.Facts.ClassNames);
        if (arguments.GetValue(s_json))
            System.Console.WriteLine(new JsonObject { ["classifier"] = file.Path, ["test"] = ConfusionView.ToJson(judge.Confusion, file.Facts.ClassNames) }.ToJsonString());
        else
            ConfusionView.Print(judge.Confusion, file.Facts.ClassNames, $"{tested.Name}, {tested.Count} pictures");
        return 0;
    }
}
