using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Data.Toybox;
using Sagan.Models;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>The pictures that a configuration is for, as far as networks care: for commands that look before anything is trained.</summary>
internal static class PlannedPictures
{
    internal static Option<int?> Classes() => new("--classes") { Description = "Number of classes, in place of the data's: 1000 for ImageNet." };

    internal static Option<int?> Resolution() => new("--resolution") { Description = "Side of the pictures. Default: the recipe's." };

    /// <summary>Pictures of a data set are opened only where nothing else tells what they are like.</summary>
    internal static ImageSpec Of(TrainingConfig config, int? classes)
    {
        if (classes is < 1)
            throw new UsageException($"--classes {classes}: at least 1");
        switch (config.Dataset)
        {
            // The toybox stands for the pictures a recipe is meant for, which may be larger than any toy.
            case ToyboxConfig toybox:
                return new ImageSpec(3, toybox.Resolution, classes ?? ToyboxPictures.ClassNames.Count);
            case PicturesConfig { Resolution: { } resolution, Channels: { } channels } when classes is { } known:
                return new ImageSpec(channels, resolution, known);
            default:
                using (Dataset dataset = DataView.WithProgress(progress => config.Dataset.Open(progress)))
                    return new ImageSpec(dataset.Channels, dataset.Width, classes ?? dataset.ClassNames.Count);
        }
    }
}
