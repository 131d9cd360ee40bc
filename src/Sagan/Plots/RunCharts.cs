using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sagan.Runs;
using Sagan.Tensors.Files;

namespace Sagan.Plots;

/// <summary>The charts of a run, from its logs alone: of a run that is going on, as well.</summary>
public static class RunCharts
{
    /// <summary>Reads a run's log; charts for which it has no numbers are left out.</summary>
    public static IReadOnlyList<LineChart> Of(RunDirectory run)
    {
        JsonObject[] lines = [.. EventLog.Read(run.EventsFile)];
        JsonObject[] ticks = [.. lines.Where(line => line["event"] is null)];
        JsonObject[] snapshots = [.. lines.Where(line => line["event"]?.ToString() == "snapshot")];
        Marker[] markers = [.. lines.Select(MarkerOf).OfType<Marker>()];

        LineChart[] charts =
        [
            new()
            {
                Name = "losses",
                Title = "Losses",
                Subtitle = "They need not fall: each network works against the other. Terms are penalties and consistency.",
                Series = [Line(ticks, "lossD", "discriminator"), Line(ticks, "lossG", "generator"), .. Terms(ticks)],
            },
            new()
            {
                Name = "logits",
                Title = "Logits and their margin",
                Subtitle = "What the discriminator says of real and of generated pictures; a margin that grows and grows means it wins.",
                Series = [Line(ticks, "logitReal", "real"), Line(ticks, "logitFake", "generated"), Line(ticks, "margin", "margin")],
                Reference = 0,
            },
            new()
            {
                Name = "gradients",
                Title = "Gradient norms",
                Subtitle = "Mean norm of each network's gradient in a tick, on a logarithmic axis.",
                Series = [Line(ticks, "gradientD", "discriminator"), Line(ticks, "gradientG", "generator")],
                IsLogarithmic = true,
            },
            Sigmas(ticks, "sigmaG", "generator"),
            Sigmas(ticks, "sigmaD", "discriminator"),
            new()
            {
                Name = "speed",
                Title = "Speed",
                Subtitle = "Real pictures a second, snapshots left out.",
                Series = [Line(ticks, "imagesPerSecond", "img/s")],
                Reference = 0,
            },
            new()
            {
                Name = "diversity",
                Title = "Diversity of the sample grid",
                Subtitle = "How far apart pictures of a class are, compared with real ones: 1 as varied, 0 all equal. It says nothing of quality.",
                Series = [Line(snapshots, "diversity", "mean of classes"), Line(snapshots, "leastDiversity", "least class")],
                Reference = 1,
            },
            new()
            {
                Name = "overfitting",
                Title = "Does the discriminator know its pictures by heart?",
                Subtitle = "Where it puts held-out pictures: 0 with those it trained on, 1 with generated ones.",
                Series = [Line(snapshots, "overfittingGap", "held out")],
                Reference = 0,
            },
            .. ScoreCharts.Of(EventLog.Read(run.MetricsFile)),
        ];
        return [.. charts.Where(chart => chart.Series.Any(series => series.Points.Count > 0)).Select(chart => chart with { Markers = markers })];
    }

    /// <summary>The charts of a run's scores alone.</summary>
    public static IReadOnlyList<LineChart> Scores(RunDirectory run)
    {
        Marker[] markers = [.. EventLog.Read(run.EventsFile).Select(MarkerOf).OfType<Marker>()];
        return [.. ScoreCharts.Of(EventLog.Read(run.MetricsFile)).Select(chart => chart with { Markers = markers })];
    }

    /// <summary>Writes each chart as NAME.svg with its numbers in NAME.csv.</summary>
    /// <returns>The SVG files.</returns>
    public static IReadOnlyList<string> Write(IEnumerable<LineChart> charts, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (LineChart chart in charts)
        {
            string svg = Path.Combine(folder, chart.Name + ".svg");
            Write(svg, ChartSvg.Write(chart));
            Write(Path.ChangeExtension(svg, ".csv"), ChartCsv.Write(chart));
            files.Add(svg);
        }

        return files;
    }

    private static LineChart Sigmas(JsonObject[] ticks, string key, string network)
    {
        string[] layers = [.. ticks.SelectMany(tick => tick[key] as JsonObject ?? []).Select(entry => entry.Key).Distinct()];
        return new LineChart
        {
            Name = $"singular-values-{network}",
            Title = $"Largest singular values, {network}",
            Subtitle = "Of each spectrally normalised weight before the division, on a logarithmic axis; a leap often comes before a collapse.",
            Series = [.. layers.Select(layer => new Series(layer, Points(ticks, tick => tick[key]?[layer])))],
            IsLogarithmic = true,
        };
    }

    private static IEnumerable<Series> Terms(JsonObject[] ticks) =>
        new[] { Line(ticks, "termsD", "terms of D"), Line(ticks, "termsG", "terms of G") }.Where(series => series.Points.Any(point => point.Y != 0));

    private static Series Line(JsonObject[] lines, string key, string name) => new(name, Points(lines, line => line[key]));

    private static (double X, double Y)[] Points(JsonObject[] lines, Func<JsonObject, JsonNode?> value) =>
        [.. lines.Where(line => value(line) is JsonValue).Select(line => (Number(line["images"]), Number(value(line))))];

    private static Marker? MarkerOf(JsonObject line) => line["event"]?.ToString() switch
    {
        "warning" => new Marker(Number(line["images"]), $"{line["cause"]}: {line["message"]}"),
        "rollback" => new Marker(Number(line["images"]), $"rollback {line["number"]}: {line["cause"]}"),
        _ => null,
    };

    // What is no number is a gap.
    private static double Number(JsonNode? node) =>
        double.TryParse(node?.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
