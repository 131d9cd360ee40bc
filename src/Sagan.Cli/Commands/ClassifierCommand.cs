using System.CommandLine;
using Sagan.Classifiers;
using Sagan.Cli.Console;
using Sagan.Data;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan classifier</c>, and what its parts have in common.</summary>
internal static class ClassifierCommand
{
    internal static Command Create() => new TaughtCommand(
        "classifier", "Train a network that tells your classes apart, to judge a generator by or to fine-tune it with.",
        "sagan classifier train --data pictures/ --resolution 64 -o pictures.safetensors",
        "sagan classifier judge pictures.safetensors runs/00000-sagan-64-pictures-b256")
    {
        ClassifierTrainCommand.Create(),
        ClassifierTestCommand.Create(),
        ClassifierJudgeCommand.Create(),
    };

    internal static Argument<string> FileArgument() => new("file") { Description = "A file of `sagan classifier train`." };

    internal static Option<string?> ConfusionFile() => new("--confusion") { Description = "Write the confusion matrix as a PNG: classes in rows, what they were taken for in columns." };

    /// <summary>Opens pictures; progress on a terminal.</summary>
    internal static Dataset OpenData(string path, string? split, int? resolution, bool skipBad)
    {
        DatasetConfig config = DataCommand.Config(path, split, resolution, skipBad);
        return DataView.WithProgress(progress => config.Open(progress));
    }

    /// <summary>Refuses pictures that a classifier does not know.</summary>
    internal static void RequireFit(ClassifierFile file, Dataset dataset)
    {
        var images = new Models.ImageSpec(dataset.Channels, dataset.Width, dataset.ClassNames.Count);
        if (file.MismatchWith(images, dataset.ClassNames) is { } problem)
            throw new DataException($"{file.Path} {problem}");
    }
}
