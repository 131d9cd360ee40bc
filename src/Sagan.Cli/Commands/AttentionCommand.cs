using System.CommandLine;
using System.Globalization;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan attention</c>.</summary>
internal static class AttentionCommand
{
    private const string DefaultSeeds = "0";

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string?> s_output = Options.Outfile("The figure; of several pictures each gets its seed and class added to the name. Default: attention-NAME.png in the current folder.");
    private static readonly Option<string?> s_image = new("--image") { Description = "A PNG or JPEG, cut to a square and resized: shows where the discriminator looks. Otherwise pictures are drawn, and the generator is shown." };
    private static readonly Option<string?> s_seeds = new("--seeds", "--seed") { Description = $"Pictures to draw: 7 or 1,5,9-12. Default: {DefaultSeeds}." };
    private static readonly Option<string?> s_class = new("--class") { Description = "Their class: a name, a number or all; of an image: as what it is judged. Default: the classes in turn by seed; of an image the first." };
    private static readonly Option<string?> s_layer = new("--layer") { Description = "Only this attention layer, for instance attention32. Default: all, one row each." };
    private static readonly Option<string> s_queries = new("--queries") { Description = $"Places that look, in pixels from the upper left: x,y;x,y, at most {AttentionFigure.MostQueries}. auto: five that look at different things.", DefaultValueFactory = _ => "auto" };
    private static readonly TruncationFlags s_truncation = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("places, and what each looks at most,");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "attention", "Show where attention layers look: a picture with coloured dots, and for each dot a panel in which the places it looks at are lit in its colour.",
            "sagan attention runs/00000-tiny-toybox-b16 --seeds 0-9",
            "sagan attention runs/00000-tiny-toybox-b16 --seed 3 --class star --queries \"16,4;16,16\" -o star.png",
            "sagan attention runs/00000-tiny-toybox-b16 --image photo.jpg --class 2 -o photo-attention.png")
        {
            s_network, s_output, s_image, s_seeds, s_class, s_layer, s_queries, s_device, s_threads, s_json,
        };
        s_truncation.AddTo(command);
        command.SetAction(arguments => Failure.Guard(() => arguments.GetValue(s_image) is null ? ShowDrawn(arguments) : ShowImage(arguments)));
        return command;
    }

    private static int ShowDrawn(ParseResult arguments)
    {
        IReadOnlyList<long> seeds = Options.Seeds(arguments.GetValue(s_seeds) ?? DefaultSeeds);
        Snapshot snapshot = NetworkFile.Open(arguments.GetValue(s_network)!);
        Drawing drawing = s_truncation.Read(arguments, snapshot);
        int known = snapshot.Model.Conditional ? snapshot.ClassNames.Count : 1;
        IReadOnlyList<int>? classes = ClassChoice.Parse(arguments.GetValue(s_class), snapshot);
        SampleRequest[] requests = [.. seeds.SelectMany(seed => (classes ?? [(int)(seed % known)]).Select(label => new SampleRequest(seed, label)))];
        AttentionReport report = ReportOf(arguments, snapshot, drawing);

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Generator generator = DataView.WithProgress(progress => drawing.Load(snapshot, device, progress));
        report.Layers = LayerChoice.Of(generator, arguments.GetValue(s_layer), hint: "--image FILE shows where the discriminator looks");
        DataView.WithProgress(progress =>
        {
            foreach ((int i, AttentionSample sample) in AttentionSampler.Draw(generator, device, requests, drawing.Truncation).Index())
            {
                report.Write(sample, requests[i], isOnly: requests.Length == 1);
                progress.Report(new DataProgress("Drawing", i + 1, requests.Length));
            }

            return requests.Length;
        });
        report.Print(arguments.GetValue(s_json));
        return 0;
    }

    private static int ShowImage(ParseResult arguments)
    {
        if (arguments.GetValue(s_seeds) is not null || s_truncation.Given(arguments))
            throw new UsageException("--image shows the discriminator on a file: leave --seeds and --truncation out");
        string image = arguments.GetValue(s_image)!;
        Snapshot snapshot = NetworkFile.Open(arguments.GetValue(s_network)!);
        IReadOnlyList<int> classes = ClassChoice.Parse(arguments.GetValue(s_class), snapshot) ?? [0];
        if (classes.Count > 1)
            throw new UsageException("--class all: an image is judged as one class; write its name or number");
        Raster picture = ReadImage(image, snapshot.Images);
        AttentionReport report = ReportOf(arguments, snapshot, new Drawing(null, null));

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Discriminator discriminator = snapshot.LoadDiscriminator(device);
        report.Layers = LayerChoice.Of(discriminator, arguments.GetValue(s_layer), hint: "without --image the generator's attention is shown");
        (AttentionSample sample, float logit) = AttentionSampler.Judge(discriminator, device, picture, classes[0]);
        report.WriteImage(sample, image, classes[0], logit);
        report.Print(arguments.GetValue(s_json));
        return 0;
    }

    private static AttentionReport ReportOf(ParseResult arguments, Snapshot snapshot, Drawing drawing)
    {
        string network = arguments.GetValue(s_network)!;
        return new AttentionReport(snapshot, drawing)
        {
            Output = Options.Output("--output", arguments.GetValue(s_output) ?? $"attention-{NetworkFile.NameOf(network)}.png"),
            Queries = Queries(arguments.GetValue(s_queries)!, snapshot.Images.Resolution),
        };
    }

    private static Raster ReadImage(string path, ImageSpec images)
    {
        if (!File.Exists(path))
            throw new UsageException($"--image {path}: there is no such file");
        try
        {
            return new PictureTransform(images.Channels, images.Resolution, Rgb.White).Apply(ImageFile.Decode(File.ReadAllBytes(path)));
        }
        catch (ImageException error)
        {
            throw new ImageException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Places, or null for auto.</summary>
    private static IReadOnlyList<QueryPoint>? Queries(string text, int resolution)
    {
        if (text == "auto")
            return null;
        string[] parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 || parts.Length > AttentionFigure.MostQueries)
            throw new UsageException($"--queries {text}: from one to {AttentionFigure.MostQueries} places, or auto");
        return [.. parts.Select(part =>
        {
            string[] numbers = part.Split(',', StringSplitOptions.TrimEntries);
            return numbers.Length == 2
                && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int x) && x < resolution
                && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int y) && y < resolution
                ? new QueryPoint(x, y)
                : throw new UsageException($"--queries {text}: '{part}' is no place; write x,y from 0,0 to {resolution - 1},{resolution - 1}, several as x,y;x,y, or auto");
        })];
    }
}
