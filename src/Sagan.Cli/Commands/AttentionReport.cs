using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>Figures of attention, and what they show in words.</summary>
/// <param name="snapshot">What draws or judges.</param>
/// <param name="drawing">How it draws.</param>
internal sealed class AttentionReport(Snapshot snapshot, Drawing drawing)
{
    private const int AutomaticQueries = 5;

    private readonly PictureLabels _labels = new(snapshot, drawing);
    private readonly JsonArray _figures = [];
    private readonly List<string> _lines = [];

    /// <summary>Where the only figure goes, and where the names of several begin.</summary>
    internal required string Output { get; init; }

    /// <summary>Places that look; null: found for each picture.</summary>
    internal required IReadOnlyList<QueryPoint>? Queries { get; init; }

    /// <summary>Paths of the layers to be shown.</summary>
    internal IReadOnlyList<string> Layers { get; set; } = [];

    /// <summary>Writes the figure of a drawn picture.</summary>
    internal void Write(AttentionSample sample, SampleRequest request, bool isOnly)
    {
        string file = isOnly ? Output : Path.ChangeExtension(Output, null) + "-" + _labels.FileName(request);
        var entry = new JsonObject { ["file"] = file, ["seed"] = request.Seed };
        Write(sample, file, _labels.Texts(request), entry);
    }

    /// <summary>Writes the figure of a picture that was judged.</summary>
    internal void WriteImage(AttentionSample sample, string image, int label, float logit)
    {
        Dictionary<string, string> texts = _labels.Common();
        texts["sagan:image"] = Path.GetFileName(image);
        string judged = snapshot.Model.Conditional ? $" as {snapshot.ClassNames[label]}" : "";
        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{image}: judged{judged}, logit {logit:0.000} (the higher, the more real)"));
        Write(sample, Output, texts, new JsonObject { ["file"] = Output, ["image"] = image, ["logit"] = logit });
    }

    /// <summary>Tells what was written and seen.</summary>
    internal void Print(bool json)
    {
        if (json)
        {
            System.Console.WriteLine(new JsonObject { ["snapshot"] = snapshot.Path, ["images"] = snapshot.Clock, ["figures"] = _figures }.ToJsonString());
            return;
        }

        foreach (string line in _lines)
            System.Console.WriteLine(line);
    }

    private void Write(AttentionSample whole, string file, Dictionary<string, string> texts, JsonObject entry)
    {
        AttentionSample sample = whole with { Maps = [.. whole.Maps.Where(map => Layers.Contains(map.Layer))] };
        Raster picture = sample.Picture;
        IReadOnlyList<QueryPoint> queries = Queries ?? QueryChoice.Farthest(sample.Maps, AutomaticQueries, picture.Width, picture.Height);
        texts["sagan:queries"] = string.Join(';', queries.Select(query => $"{query.X},{query.Y}"));
        PngFile.Write(file, AttentionFigure.Compose(sample, queries), texts);

        _lines.Add(file);
        var layers = new JsonArray();
        foreach (AttentionMap map in sample.Maps)
            layers.Add(Describe(map, queries, picture));
        entry["layers"] = layers;
        _figures.Add(entry);
    }

    private JsonObject Describe(AttentionMap map, IReadOnlyList<QueryPoint> queries, Raster picture)
    {
        _lines.Add($"  {map.Layer}: {map.Height}x{map.Width} places look at {map.KeyHeight}x{map.KeyWidth}");
        var told = new JsonArray();
        foreach (QueryPoint query in queries)
        {
            int position = query.PositionIn(map, picture.Width, picture.Height);
            int most = map.StrongestOf(position);
            var target = QueryPoint.MiddleOf(most, map.KeyWidth, map.KeyHeight, picture.Width, picture.Height);
            double share = map.Of(position)[most], times = map.TimesEven(position);
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"    from {query.X},{query.Y}: most at {target.X},{target.Y}, {100 * share:0.0} % of its weight, {times:0.0} times an even share"));
            told.Add(new JsonObject { ["x"] = query.X, ["y"] = query.Y, ["mostX"] = target.X, ["mostY"] = target.Y, ["share"] = share, ["timesEven"] = times });
        }

        return new JsonObject { ["layer"] = map.Layer, ["places"] = map.Queries, ["keys"] = map.Keys, ["queries"] = told };
    }
}
