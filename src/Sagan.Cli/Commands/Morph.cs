using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>Pictures that change into one another, as a loop or as a sheet.</summary>
/// <param name="snapshot">What draws.</param>
/// <param name="drawing">How.</param>
/// <param name="ways">The stops of each picture.</param>
internal sealed class Morph(Snapshot snapshot, Drawing drawing, SampleRequest[][] ways)
{
    private const int SmallestTile = 128;

    /// <summary>Where it goes.</summary>
    internal required string Output { get; init; }

    /// <summary>As they were asked for.</summary>
    internal required string Seeds { get; init; }

    /// <summary>Frames from one stop to the next.</summary>
    internal required int Steps { get; init; }

    /// <summary>Of a loop.</summary>
    internal required double FramesPerSecond { get; init; }

    /// <summary>Side of a picture in pixels; null: as large as people need.</summary>
    internal int? Size { get; init; }

    /// <summary>Whether standard output is for programs.</summary>
    internal bool Json { get; init; }

    /// <summary>An endless loop; several pictures go side by side.</summary>
    internal void WriteAnimation(Generator generator, Device device)
    {
        Raster[][] pictures = Draw(generator, device, isLoop: true);
        var grid = new PictureGrid { Columns = (int)Math.Ceiling(Math.Sqrt(ways.Length)), Padding = ways.Length > 1 ? 2 : 0, Background = 24 };
        Raster[] frames = [.. Enumerable.Range(0, pictures[0].Length).Select(i => grid.Compose([.. pictures.Select(way => ToSize(way[i]))]))];
        AnimationFile.Write(Output, frames, FramesPerSecond, Texts());
        Report($"{frames.Length} frames", frames.Length);
    }

    /// <summary>A sheet: a row from one stop to the next, both included.</summary>
    internal void WriteSheet(Generator generator, Device device)
    {
        Raster[][] pictures = Draw(generator, device, isLoop: false);
        var cells = new List<Raster>();
        var names = new List<string>();
        for (int stop = 0; stop < ways[0].Length - 1; stop++)
        {
            foreach ((SampleRequest[] way, Raster[] drawn) in ways.Zip(pictures))
            {
                cells.AddRange(drawn.AsSpan(stop * Steps, Steps + 1));
                names.Add(NameOf(way[stop], way[stop + 1]));
            }
        }

        string[] columns = [.. Enumerable.Range(0, Steps + 1).Select(step => string.Create(CultureInfo.InvariantCulture, $"{100.0 * step / Steps:0.#} %"))];
        SampleSheet.Write(Output, Size is null ? cells : [.. cells.Select(ToSize)], Steps + 1, names, Texts(), columns);
        Report($"{names.Count} rows", cells.Count);
    }

    private Raster[][] Draw(Generator generator, Device device, bool isLoop) => DataView.WithProgress(progress =>
    {
        Latents latents = PictureSampler.LatentsOf(generator, drawing.Truncation);
        MorphPath[] paths = [.. ways.Select(way => new MorphPath(latents, generator.Images.Classes, generator.LatentSize, way, Steps, isLoop))];
        int done = 0, total = paths.Sum(path => path.Frames);
        return paths.Select(path => PictureSampler.DrawBlends(generator, device, path.Points()).Select(picture =>
        {
            progress.Report(new DataProgress("Drawing", ++done, total));
            return picture;
        }).ToArray()).ToArray();
    });

    private Raster ToSize(Raster picture)
    {
        if (Size is not { } size)
            return Resampling.Enlarge(picture, Math.Max(1, (SmallestTile + picture.Width - 1) / picture.Width));
        return size % picture.Width == 0 ? Resampling.Enlarge(picture, size / picture.Width) : Resampling.Resize(picture, size, size);
    }

    private string NameOf(SampleRequest from, SampleRequest to)
    {
        string seeds = from.Seed == to.Seed ? $"seed {from.Seed}" : $"seed {from.Seed} > {to.Seed}";
        if (!snapshot.Model.Conditional)
            return seeds;
        string classes = from.Label == to.Label ? snapshot.ClassNames[from.Label] : $"{snapshot.ClassNames[from.Label]} > {snapshot.ClassNames[to.Label]}";
        return ways.Length == 1 && from.Seed == to.Seed ? classes : $"{classes}, {seeds}";
    }

    private Dictionary<string, string> Texts() => new(new PictureLabels(snapshot, drawing).SheetTexts(Seeds, [.. ways[0].Select(stop => stop.Label).Distinct()]))
    {
        ["sagan:morph"] = (ways[0].Any(stop => stop.Seed != ways[0][0].Seed) ? "travel, " : "") + $"{Steps} frames a step",
    };

    private void Report(string what, int frames) => System.Console.WriteLine(Json
        ? new JsonObject { ["snapshot"] = snapshot.Path, ["images"] = snapshot.Clock, ["morph"] = Output, ["frames"] = frames }.ToJsonString()
        : $"{what} of {Path.GetFileName(snapshot.Path)} in {Output}");
}
