using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Data;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan data pack</c>.</summary>
internal static class DataPackCommand
{
    private static readonly Argument<string> s_path = DataCommand.PathArgument();
    private static readonly Argument<string> s_zip = new("out.zip") { Description = "The zip to write: square PNGs of one size with dataset.json, as the StyleGAN family reads them too." };
    private static readonly Option<string?> s_split = DataCommand.Split();
    private static readonly Option<int?> s_resolution = new("--resolution") { Description = "Side of the packed pictures. Default: the power of two from 32 to 256 that is not above the most common short side." };
    private static readonly Option<bool> s_skipBad = Options.SkipBad();
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "pack", "Cut, resize and pack pictures into one zip that trains anywhere without further preparation.",
            "sagan data pack pictures/ pictures-64.zip --resolution 64") { s_path, s_zip, s_split, s_resolution, s_skipBad, s_json };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string path = arguments.GetValue(s_path)!, zip = arguments.GetValue(s_zip)!;
        if (!zip.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"{zip}: the second argument is the file to write; let its name end in .zip");
        if (Path.GetFullPath(zip) == Path.GetFullPath(path))
            throw new UsageException($"{zip}: this would write over the pictures themselves; choose another name");

        int? resolution = arguments.GetValue(s_resolution);
        using PictureSource source = Open(path, arguments.GetValue(s_split), resolution);
        PictureTransform transform = PictureTransform.For(source, new PicturesConfig { Path = path, Resolution = resolution });
        IReadOnlyList<BadPicture> left = DataView.WithProgress(
            progress => DatasetPacker.Pack(source, transform, zip, arguments.GetValue(s_skipBad), progress));
        Report(source.Entries.Count - left.Count, left, transform, zip, arguments.GetValue(s_json));
        return 0;
    }

    private static PictureSource Open(string path, string? split, int? resolution)
    {
        if (!DataCommand.IsToybox(path, split))
            return PictureSources.Open(path, split);
        var config = new ToyboxConfig();
        return new ToyboxSource(config with { Resolution = resolution ?? config.Resolution });
    }

    private static void Report(int count, IReadOnlyList<BadPicture> left, PictureTransform transform, string zip, bool json)
    {
        if (json)
        {
            System.Console.WriteLine(new JsonObject
            {
                ["file"] = zip,
                ["count"] = count,
                ["resolution"] = transform.Resolution,
                ["channels"] = transform.Channels,
                ["leftOut"] = new JsonArray([.. left.Select(bad => (JsonNode)bad.Name)]),
            }.ToJsonString());
            return;
        }

        foreach (BadPicture bad in left)
            System.Console.Error.WriteLine($"sagan: left out {bad.Name}: {bad.Reason}");
        System.Console.WriteLine($"{count} pictures of {transform.Channels}x{transform.Resolution}x{transform.Resolution} in {zip} ({new FileInfo(zip).Length / 1e6:0.0} MB)");
        System.Console.WriteLine($"Train on them   {Options.Program} train --data {zip}");
    }
}
