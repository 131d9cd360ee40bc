using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>Pictures by seed and class, as files or as one sheet.</summary>
/// <param name="snapshot">What draws.</param>
/// <param name="seeds">In the order asked for.</param>
/// <param name="classes">Every seed in each of these; null: not said.</param>
/// <param name="drawing">How.</param>
internal sealed class SeedSampling(Snapshot snapshot, IReadOnlyList<long> seeds, IReadOnlyList<int>? classes, Drawing drawing)
{
    private const int MostColumns = 16;
    private const int MostUnaskedRows = 20;

    private readonly PictureLabels _labels = new(snapshot, drawing);

    /// <summary>Where files go; created.</summary>
    internal required string Folder { get; init; }

    /// <summary>Whether standard output is for programs.</summary>
    internal bool Json { get; init; }

    private int KnownClasses => snapshot.Model.Conditional ? snapshot.ClassNames.Count : 1;

    /// <summary>One file a picture. Unless classes were chosen, each seed has its own.</summary>
    internal void WriteFiles(Generator generator, Device device)
    {
        SampleRequest[] requests = classes is null
            ? [.. seeds.Select(seed => new SampleRequest(seed, (int)(seed % KnownClasses)))]
            : [.. classes.SelectMany(label => seeds.Select(seed => new SampleRequest(seed, label)))];

        Directory.CreateDirectory(Folder);
        var files = new JsonArray();
        Draw(generator, device, requests, (request, picture) =>
        {
            string file = Path.Combine(Folder, _labels.FileName(request));
            PngFile.Write(file, picture, _labels.Texts(request));
            var entry = new JsonObject { ["file"] = file, ["seed"] = request.Seed };
            if (snapshot.Model.Conditional)
                (entry["class"], entry["className"]) = (request.Label, snapshot.ClassNames[request.Label]);
            files.Add(entry);
        });

        Report("pictures", files, $"{Count(requests.Length)} of {Path.GetFileName(snapshot.Path)} in {Folder}");
    }

    /// <summary>One sheet: a class takes as many rows as its seeds need.</summary>
    internal void WriteSheet(Generator generator, Device device, string seedText)
    {
        IReadOnlyList<int> rows = classes ?? [.. Enumerable.Range(0, Math.Min(KnownClasses, MostUnaskedRows))];
        SampleRequest[] requests = [.. rows.SelectMany(label => seeds.Select(seed => new SampleRequest(seed, label)))];
        var pictures = new List<Raster>();
        Draw(generator, device, requests, (_, picture) => pictures.Add(picture));

        int lines = (seeds.Count + MostColumns - 1) / MostColumns;
        int columns = (seeds.Count + lines - 1) / lines;
        var cells = new List<Raster>();
        var names = new List<string>();
        foreach ((int row, int label) in rows.Index())
        {
            cells.AddRange(pictures.GetRange(row * seeds.Count, seeds.Count));
            cells.AddRange(Enumerable.Repeat(new Raster(pictures[0].Width, pictures[0].Height, pictures[0].Channels), (lines * columns) - seeds.Count));
            names.Add(snapshot.Model.Conditional ? snapshot.ClassNames[label] : "");
            names.AddRange(Enumerable.Repeat("", lines - 1));
        }

        Directory.CreateDirectory(Folder);
        string file = Path.Combine(Folder, "grid.png");
        SampleSheet.Write(file, cells, columns, names, _labels.SheetTexts(seedText, rows));
        string missing = rows.Count < KnownClasses && classes is null ? $"; the first {rows.Count} of {KnownClasses} classes, --class all shows them all" : "";
        Report("sheet", file, $"{Count(requests.Length)} of {Path.GetFileName(snapshot.Path)} in {file}{missing}");
    }

    private static string Count(int pictures) => pictures == 1 ? "1 picture" : $"{pictures} pictures";

    private void Draw(Generator generator, Device device, SampleRequest[] requests, Action<SampleRequest, Raster> take) =>
        DataView.WithProgress(progress =>
        {
            int done = 0;
            foreach ((SampleRequest request, Raster picture) in requests.Zip(PictureSampler.Draw(generator, device, requests, drawing.Truncation)))
            {
                take(request, picture);
                progress.Report(new DataProgress("Drawing", ++done, requests.Length));
            }

            return done;
        });

    private void Report(string what, JsonNode written, string line) => System.Console.WriteLine(Json
        ? new JsonObject { ["snapshot"] = snapshot.Path, ["images"] = snapshot.Clock, ["truncation"] = drawing.Truncation?.Threshold, [what] = written }.ToJsonString()
        : line);
}
