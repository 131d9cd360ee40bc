using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan morph</c>.</summary>
internal static class MorphCommand
{
    private const string DefaultSeeds = "0";
    private const int MostUnaskedClasses = 10;
    private const int AnimationFrames = 24;
    private const int SheetFrames = 8;

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string?> s_output = Options.Outfile("An endless loop (.gif, .apng, or .mp4 where ffmpeg is installed), or a sheet of the way (.png). Default: morph-NAME.gif in the current folder.");
    private static readonly Option<string?> s_classes = new("--classes") { Description = $"From class to class: names or numbers, A,B,C, or all. Default: all, of many the first {MostUnaskedClasses}." };
    private static readonly Option<string?> s_seeds = new("--seeds", "--seed") { Description = $"Which pictures are changed: 7, or 1,2,3 for several side by side. Default: {DefaultSeeds}." };
    private static readonly Option<bool> s_travel = new("--travel") { Description = "One picture, whose latent travels from seed to seed. Give as many seeds as classes, or one class." };
    private static readonly Option<int?> s_frames = new("--frames") { Description = $"Frames from one stop to the next. Default: {AnimationFrames}; on a sheet {SheetFrames}." };
    private static readonly Option<double> s_speed = new("--fps") { Description = "Frames a second.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int?> s_size = new("--size") { Description = "Side of a picture in pixels; on a sheet small ones are enlarged to at least 64. Default: 128 or more." };
    private static readonly TruncationFlags s_truncation = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "morph", "Change the class of a picture smoothly while its latent stays, or travel between latents.",
            "sagan morph runs/00000-tiny-toybox-b16 --classes ring,star,flower --seeds 1-4 -o morph.gif",
            "sagan morph runs/00000-tiny-toybox-b16 --classes ring,star --seeds 0-7 -o morph.png",
            "sagan morph runs/00000-tiny-toybox-b16 --classes star --seeds 1,2,3 --travel --size 256 -o stars.apng")
        {
            s_network, s_output, s_classes, s_seeds, s_travel, s_frames, s_speed, s_size, s_device, s_threads, s_json,
        };
        s_truncation.AddTo(command);
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string network = arguments.GetValue(s_network)!;
        string output = Output(arguments, network);
        string seedText = arguments.GetValue(s_seeds) ?? DefaultSeeds;
        IReadOnlyList<long> seeds = Options.Seeds(seedText);
        Snapshot snapshot = NetworkFile.Open(network);
        Drawing drawing = s_truncation.Read(arguments, snapshot);
        IReadOnlyList<int> classes = ClassChoice.ParseList(arguments.GetValue(s_classes), snapshot) ?? DefaultClasses(snapshot, arguments.GetValue(s_travel));
        bool isSheet = !AnimationFile.IsAnimation(output);
        var morph = new Morph(snapshot, drawing, arguments.GetValue(s_travel) ? [Travel(seeds, classes)] : Tiles(seeds, classes))
        {
            Output = output,
            Seeds = seedText,
            Steps = Positive("--frames", arguments.GetValue(s_frames)) ?? (isSheet ? SheetFrames : AnimationFrames),
            FramesPerSecond = arguments.GetValue(s_speed) is > 0 and <= 100 and var speed ? speed : throw new UsageException("--fps: more than 0, at most 100"),
            Size = Positive("--size", arguments.GetValue(s_size)),
            Json = arguments.GetValue(s_json),
        };

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Generator generator = DataView.WithProgress(progress => drawing.Load(snapshot, device, progress));
        if (isSheet)
            morph.WriteSheet(generator, device);
        else
            morph.WriteAnimation(generator, device);
        return 0;
    }

    private static string Output(ParseResult arguments, string network)
    {
        string output = arguments.GetValue(s_output) ?? $"morph-{NetworkFile.NameOf(network)}.gif";
        if (!AnimationFile.IsAnimation(output) && !output.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--output {output}: the name ends with {string.Join(", ", AnimationFile.Extensions)} for a loop, or with .png for a sheet");
        AnimationFile.Require(output);
        return Options.Output("--output", output);
    }

    private static int[] DefaultClasses(Snapshot snapshot, bool travels)
    {
        if (snapshot.Model.Conditional && !travels)
            return [.. Enumerable.Range(0, Math.Min(snapshot.ClassNames.Count, MostUnaskedClasses))];
        return snapshot.Model.Conditional ? throw new UsageException("--travel: say which class with --classes NAME, or give as many classes as seeds") : [0];
    }

    private static SampleRequest[][] Tiles(IReadOnlyList<long> seeds, IReadOnlyList<int> classes) => classes.Count > 1
        ? [.. seeds.Select(seed => classes.Select(label => new SampleRequest(seed, label)).ToArray())]
        : throw new UsageException("a morph leads from class to class: give two or more with --classes A,B, or let the latent travel with --travel --seeds 1,2,3");

    private static SampleRequest[] Travel(IReadOnlyList<long> seeds, IReadOnlyList<int> classes)
    {
        if (seeds.Count < 2)
            throw new UsageException("--travel leads from seed to seed: give two or more, for instance --seeds 1,2,3");
        if (classes.Count != 1 && classes.Count != seeds.Count)
            throw new UsageException($"--travel with {classes.Count} classes and {seeds.Count} seeds: give as many seeds as classes, or one class");
        return [.. seeds.Index().Select(stop => new SampleRequest(stop.Item, classes[classes.Count == 1 ? 0 : stop.Index]))];
    }

    private static int? Positive(string flag, int? number) => number is < 1 or > 4096 ? throw new UsageException($"{flag} {number}: from 1 to 4096") : number;
}
