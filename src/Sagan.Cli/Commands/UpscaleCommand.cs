using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Upscaling;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan upscale</c>.</summary>
internal static class UpscaleCommand
{
    private static readonly string[] s_endings = [".png", ".jpg", ".jpeg"];

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Argument<string[]> s_pictures = new("pictures") { Description = "PNG or JPEG files, or folders of them; of any size.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> s_outdir = new("--outdir", "-o") { Description = "Where pictures go. Default: upscaled-NAME in the current folder." };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Decides which details are invented." };
    private static readonly Option<int> s_tile = new("--tile") { Description = "Side of the tiles that large pictures are cut into, in pixels of the small picture: less needs less memory, and the result is the same.", DefaultValueFactory = _ => PictureUpscaler.DefaultTile };
    private static readonly Option<bool> s_compare = new("--compare") { Description = "Also write NAME-compare.png: pixels enlarged, linear enlargement, and the result side by side." };
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "upscale", "Enlarge pictures with a super-resolution network, trained with a recipe such as upscale-16-to-64.",
            "sagan upscale runs/00000-upscale-16-to-64-toybox-b16 small.png --compare",
            "sagan upscale snapshot.safetensors pictures/ -o large --seed 7")
        {
            s_network, s_pictures, s_outdir, s_seed, s_tile, s_compare, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        int tile = arguments.GetValue(s_tile);
        if (tile < 1)
            throw new UsageException($"--tile {tile}: at least 1; {PictureUpscaler.DefaultTile} is a good size");
        string network = arguments.GetValue(s_network)!;
        string[] files = [.. arguments.GetValue(s_pictures)!.SelectMany(Files)];
        Snapshot snapshot = NetworkFile.Open(network);
        if (!snapshot.Model.ConditionsOnPictures)
            throw new UsageException($"{network}: this network draws pictures of its own and enlarges none; train one with `sagan train upscale-16-to-64`");

        string folder = arguments.GetValue(s_outdir) ?? $"upscaled-{NetworkFile.NameOf(network)}";
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using var generator = (UpscalerGenerator)snapshot.LoadGenerator(device);
        var upscaler = new PictureUpscaler(generator, device, tile);
        Directory.CreateDirectory(folder);
        string[] written = DataView.WithProgress(progress =>
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            return files.Select((file, i) =>
            {
                string output = Path.Combine(folder, NewName(file, names) + ".png");
                Enlarge(file, output, upscaler, snapshot, arguments.GetValue(s_seed), arguments.GetValue(s_compare));
                progress.Report(new DataProgress("Enlarging", i + 1, files.Length));
                return output;
            }).ToArray();
        });

        System.Console.WriteLine(arguments.GetValue(s_json)
            ? new JsonObject { ["snapshot"] = snapshot.Path, ["factor"] = generator.Factor, ["pictures"] = new JsonArray([.. written.Select(file => (JsonNode)file)]) }.ToJsonString()
            : $"{(written.Length == 1 ? "1 picture" : $"{written.Length} pictures")}, {generator.Factor} times larger, in {folder}");
        return 0;
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path))
            return [path];
        if (!Directory.Exists(path))
            throw new UsageException($"{path}: there is no such picture or folder");
        string[] files = [.. Directory.EnumerateFiles(path).Where(file => s_endings.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new UsageException($"{path}: there are no PNG or JPEG files in this folder");
    }

    // a.png and a.jpg, or those of two folders, must not write over one another.
    private static string NewName(string file, HashSet<string> names)
    {
        string stem = Path.GetFileNameWithoutExtension(file), name = stem;
        for (int number = 2; !names.Add(name); number++)
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        return name;
    }

    private static void Enlarge(string file, string output, PictureUpscaler upscaler, Snapshot snapshot, long seed, bool compare)
    {
        if (Path.GetFullPath(file) == Path.GetFullPath(output))
            throw new UsageException($"{file}: the result would take the place of this picture; choose another folder with -o");
        Raster small;
        try
        {
            small = ImageFile.Decode(File.ReadAllBytes(file));
        }
        catch (ImageException error)
        {
            throw new ImageException($"{file}: {error.Message}", error);
        }

        Raster large = upscaler.Enlarge(small, seed);
        var texts = new Dictionary<string, string>
        {
            ["Software"] = "Sagan",
            ["sagan:model"] = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(snapshot.Path)} at {snapshot.Clock} images"),
            ["sagan:seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["sagan:enlarged"] = Path.GetFileName(file),
        };
        PngFile.Write(output, large, texts);
        if (compare)
            PngFile.Write(Path.ChangeExtension(output, null) + "-compare.png", ComparisonSheet.Of(small, large), texts);
    }
}
