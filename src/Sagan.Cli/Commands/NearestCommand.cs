using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Imaging;
using Sagan.Metrics.Features;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan nearest</c>.</summary>
internal static class NearestCommand
{
    private const string DefaultSeeds = "0-7";

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string?> s_data = new("--data") { Description = "Real pictures to look among: a folder, an archive, toybox. Default: what the network was trained on." };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<string?> s_seeds = new("--seeds") { Description = $"A row each: 0-9 or 1,5,9-12. Default: {DefaultSeeds}." };
    private static readonly Option<string?> s_class = new("--class") { Description = "What to draw: the name or number of a class. Default: the classes in turn, one a row." };
    private static readonly Option<int> s_neighbours = new("--neighbours") { Description = "Real pictures beside each sample.", DefaultValueFactory = _ => 5 };
    private static readonly Option<string?> s_output = Options.Outfile("The sheet, a PNG; the distances (.csv) go beside it. Default: nearest-NAME.png in the current folder.");
    private static readonly FeatureFlags s_features = new();
    private static readonly TruncationFlags s_truncation = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the distances");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "nearest", "Show each sample beside its nearest real pictures, and how near they are by the data's own measure: does a network draw pictures of its own, or those it was shown?",
            "sagan nearest runs/00000-tiny-toybox-b16",
            "sagan nearest snapshot.safetensors --data cifar10.tar.gz --seeds 0-15 --class dog --neighbours 8 -o dogs.png")
        {
            s_network, s_data, s_split, s_seeds, s_class, s_neighbours, s_output, s_device, s_threads, s_json,
        };
        s_features.AddTo(command);
        s_truncation.AddTo(command);
        command.SetAction((arguments, stop) => Task.Run(() => Failure.Guard(() => Run(arguments, stop)), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        string network = arguments.GetValue(s_network)!;
        string output = Options.Output("--output", arguments.GetValue(s_output) ?? $"nearest-{NetworkFile.NameOf(network)}.png");
        if (Path.GetExtension(output) != ".png")
            throw new UsageException($"--output {output}: the sheet is a PNG; name it {Path.ChangeExtension(output, ".png")}");
        int neighbours = Options.Positive("--neighbours", arguments.GetValue(s_neighbours))!.Value;
        string seedText = arguments.GetValue(s_seeds) ?? DefaultSeeds;
        IReadOnlyList<long> seeds = Options.Seeds(seedText);
        Snapshot snapshot = NetworkFile.Open(network);
        IReadOnlyList<int> classes = ClassChoice.Parse(arguments.GetValue(s_class), snapshot)
            ?? [.. Enumerable.Range(0, snapshot.Model.Conditional ? snapshot.ClassNames.Count : 1)];
        SampleRequest[] requests = [.. seeds.Index().Select(one => new SampleRequest(one.Item, classes[one.Index % classes.Count]))];
        Drawing drawing = s_truncation.Read(arguments, snapshot);

        using var real = new RealSide(arguments.GetValue(s_data), arguments.GetValue(s_split), snapshot);
        Dataset dataset = real.Pictures();
        if (dataset.Channels != snapshot.Images.Channels || dataset.Width != snapshot.Images.Resolution)
            throw new DataException($"{dataset.Name}: pictures of {dataset.Channels}x{dataset.Height}x{dataset.Width}, the network draws {snapshot.Images.Channels}x{snapshot.Images.Resolution}x{snapshot.Images.Resolution}; name such pictures by --data");
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using FeatureExtractor extractor = s_features.Open(arguments, real.Data, device, stop);
        IReadOnlyList<Raster> samples = DataView.WithProgress(progress => Draw(snapshot, drawing, requests, device, progress));
        var series = new RasterPictures(NetworkFile.NameOf(network), samples, [.. requests.Select(request => request.Label)]);
        NearestReal found = DataView.WithProgress(progress =>
            NearestReal.Find(series, new DatasetPictures(dataset), extractor, neighbours, progress: progress, stop: stop));

        var report = new NearestReport(snapshot, dataset, extractor, requests, found, output);
        report.Write(samples, new PictureLabels(snapshot, drawing).SheetTexts(seedText, [.. requests.Select(request => request.Label).Distinct()]));
        System.Console.WriteLine(arguments.GetValue(s_json) ? report.ToJson().ToJsonString() : report.Text());
        return 0;
    }

    private static IReadOnlyList<Raster> Draw(Snapshot snapshot, Drawing drawing, SampleRequest[] requests, Device device, IProgress<DataProgress> progress)
    {
        using Generator generator = drawing.Load(snapshot, device, progress);
        return [.. PictureSampler.Draw(generator, device, requests, drawing.Truncation)];
    }
}
