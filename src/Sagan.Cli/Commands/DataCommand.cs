using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Data;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan data</c>, and what its parts have in common.</summary>
internal static class DataCommand
{
    internal static Command Create() => new TaughtCommand(
        "data", "Look at pictures before training on them, or pack them for other machines.",
        "sagan data inspect pictures/")
    {
        DataInspectCommand.Create(),
        DataPackCommand.Create(),
        DataStatsCommand.Create(),
    };

    internal static Argument<string> PathArgument() => new("path")
    {
        Description = "A folder of class folders, a .tar, .tar.gz or .zip of one, a zip with dataset.json, CIFAR or MNIST files; or toybox, the built-in set.",
    };

    internal static Option<string?> Split() => new("--split") { Description = "Part of the data, where there are parts, such as train or test. Default: train." };

    /// <summary>The data set that a user names.</summary>
    /// <param name="path">A folder, an archive or toybox.</param>
    /// <param name="split">Which part; null: train, where there are parts.</param>
    /// <param name="resolution">Side that pictures are cut and resized to; null: what suits them.</param>
    /// <param name="skipBad">Whether pictures that cannot be decoded are left out.</param>
    internal static DatasetConfig Config(string path, string? split, int? resolution, bool skipBad = false) => IsToybox(path, split)
        ? new ToyboxConfig { Resolution = resolution ?? new ToyboxConfig().Resolution }
        : new PicturesConfig { Path = Path.GetFullPath(path), Split = split, Resolution = resolution, SkipBad = skipBad };

    /// <summary>Whether the built-in pictures are meant; they have no parts.</summary>
    internal static bool IsToybox(string path, string? split)
    {
        if (path == "toybox" && split is not null)
            throw new UsageException($"--split {split}: the toybox has no parts; leave it out");
        return path == "toybox";
    }
}
