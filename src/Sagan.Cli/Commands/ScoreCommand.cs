using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan score</c>.</summary>
internal static class ScoreCommand
{
    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string> s_images = new("--images") { Description = "The pictures: npy, float32 [N, C, H, W] in [-1, 1], or uint8.", Required = true };
    private static readonly Option<string?> s_labels = new("--labels") { Description = "Their classes: npy, int64 [N]. Not needed where the network knows no classes." };
    private static readonly Option<string> s_save = new("--save") { Description = "Where the logits go: npy, float32 [N]. The higher, the more real.", Required = true };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("a summary");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "score", "Judge pictures with a trained discriminator, in evaluation mode.",
            "sagan score runs/00000-tiny-toybox-b16 --images images.npy --labels y.npy --save logits.npy")
        {
            s_network, s_images, s_labels, s_save, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string save = Options.Output("--save", arguments.GetValue(s_save)!);
        Snapshot snapshot = NetworkFile.Open(arguments.GetValue(s_network)!);
        if (snapshot.Model.Conditional && arguments.GetValue(s_labels) is null)
            throw new UsageException($"score needs --labels FILE.npy: this network knows {snapshot.ClassNames.Count} classes");
        ImageSpec spec = snapshot.Images;
        float[] pictures = ArrayInput.Pictures(arguments.GetValue(s_images)!, spec.Channels, spec.Resolution, spec.Resolution);
        int count = pictures.Length / (spec.Channels * spec.Resolution * spec.Resolution);
        long[] labels = arguments.GetValue(s_labels) is { } file ? ArrayInput.Labels(file, count, spec.Classes) : new long[count];

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Discriminator discriminator = snapshot.LoadDiscriminator(device);
        float[] logits = DataView.WithProgress(progress => PictureScorer.Score(discriminator, device, pictures, labels, progress));
        NpyFile.Write(save, HostArray.Of<float>(logits, count));
        System.Console.WriteLine(arguments.GetValue(s_json)
            ? new JsonObject { ["snapshot"] = snapshot.Path, ["images"] = snapshot.Clock, ["saved"] = save, ["count"] = count, ["mean"] = logits.Average() }.ToJsonString()
            : string.Create(CultureInfo.InvariantCulture, $"{count} logits from {logits.Min():0.000} to {logits.Max():0.000}, mean {logits.Average():0.000}, in {save}"));
        return 0;
    }
}
