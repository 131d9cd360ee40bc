using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan sample</c>.</summary>
internal static class SampleCommand
{
    private const string DefaultSeeds = "0-15";

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string?> s_seeds = new("--seeds") { Description = $"Which pictures: 0-63 or 1,5,9-12. A seed gives the same picture every time. Default: {DefaultSeeds}." };
    private static readonly Option<string?> s_class = new("--class") { Description = "What to draw: the name or number of a class, or all for every seed in every class. Default: the classes in turn (seed i shows class i modulo their number); on a sheet, all." };
    private static readonly Option<bool> s_grid = new("--grid") { Description = "One sheet, grid.png, instead of single files: classes in rows, seeds in columns." };
    private static readonly Option<string?> s_outdir = new("--outdir") { Description = "Where pictures go. Default: samples-NAME in the current folder." };
    private static readonly Option<string?> s_latents = new("--latents") { Description = "Draw these latents instead of seeds: npy, float32 [N, latent size]. Needs --labels and --save." };
    private static readonly Option<string?> s_labels = new("--labels") { Description = "The classes of the latents: npy, int64 [N]." };
    private static readonly Option<string?> s_save = new("--save") { Description = "Where their pictures go: npy, float32 [N, C, H, W] in [-1, 1]." };
    private static readonly TruncationFlags s_truncation = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "sample", "Draw pictures with a trained generator. Each PNG says in its text chunks from which snapshot, seed, class and truncation it was drawn, so that it can be drawn again.",
            "sagan sample runs/00000-tiny-toybox-b16 --seeds 0-63 --grid",
            "sagan sample runs/00000-tiny-toybox-b16 --seeds 7,9 --class star --outdir stars",
            "sagan sample runs/00000-tiny-toybox-b16 --truncation 0.7 --standing 16 --grid",
            "sagan sample snapshot.safetensors --latents z.npy --labels y.npy --save images.npy")
        {
            s_network, s_seeds, s_class, s_grid, s_outdir, s_latents, s_labels, s_save, s_device, s_threads, s_json,
        };
        s_truncation.AddTo(command);
        command.SetAction(arguments => Failure.Guard(() => arguments.GetValue(s_latents) is null ? DrawSeeds(arguments) : DrawLatents(arguments)));
        return command;
    }

    private static int DrawSeeds(ParseResult arguments)
    {
        if (arguments.GetValue(s_labels) is not null || arguments.GetValue(s_save) is not null)
            throw new UsageException("--labels and --save go with --latents; pictures of --seeds go to --outdir");
        string seeds = arguments.GetValue(s_seeds) ?? DefaultSeeds;
        IReadOnlyList<long> numbers = Options.Seeds(seeds);
        string network = arguments.GetValue(s_network)!;
        Snapshot snapshot = NetworkFile.Open(network);
        Drawing drawing = s_truncation.Read(arguments, snapshot);
        var sampling = new SeedSampling(snapshot, numbers, ClassChoice.Parse(arguments.GetValue(s_class), snapshot), drawing)
        {
            Folder = arguments.GetValue(s_outdir) ?? $"samples-{NetworkFile.NameOf(network)}",
            Json = arguments.GetValue(s_json),
        };

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Generator generator = DataView.WithProgress(progress => drawing.Load(snapshot, device, progress));
        if (arguments.GetValue(s_grid))
            sampling.WriteSheet(generator, device, seeds);
        else
            sampling.WriteFiles(generator, device);
        return 0;
    }

    private static int DrawLatents(ParseResult arguments)
    {
        if (arguments.GetValue(s_seeds) is not null || arguments.GetValue(s_class) is not null || arguments.GetValue(s_outdir) is not null || arguments.GetValue(s_grid))
            throw new UsageException("--latents, --labels and --save say what to draw and where it goes: leave --seeds, --class, --grid and --outdir out");
        // Whether a threshold means anything here only the network tells; what is wrong without it is said before it is opened.
        if (arguments.GetValue(s_save) is null && !s_truncation.Given(arguments))
            throw NoSave();
        Snapshot snapshot = NetworkFile.Open(arguments.GetValue(s_network)!);
        if (s_truncation.Given(arguments) && !TruncationFlags.HasStatistics(snapshot))
            throw new UsageException("--truncation and --standing are for seeds: latents from a file are drawn as they are");
        string save = Options.Output("--save", arguments.GetValue(s_save) ?? throw NoSave());
        if (snapshot.Model.Conditional && arguments.GetValue(s_labels) is null)
            throw new UsageException($"--latents needs --labels FILE.npy: this network draws {snapshot.ClassNames.Count} classes");
        LatentSampling sampling = LatentSampling.Read(snapshot, arguments.GetValue(s_latents)!, arguments.GetValue(s_labels));

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        // The latents stay as they are; the network's statistics for the threshold are chosen.
        using Generator generator = s_truncation.Read(arguments, snapshot).Load(snapshot, device);
        sampling.Write(generator, device, save, arguments.GetValue(s_json));
        return 0;
    }

    private static UsageException NoSave() => new("--latents needs --save FILE.npy, where the pictures go");
}
