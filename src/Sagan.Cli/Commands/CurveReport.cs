using System.Text;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Plots;

namespace Sagan.Cli.Commands;

/// <summary>The points of a truncation curve in files, which are whole after every point: an interrupted curve is a shorter one.</summary>
/// <param name="network">Whose, for people.</param>
/// <param name="figure">The SVG; table and cards go beside it.</param>
internal sealed class CurveReport(string network, string figure)
{
    private const int ColumnGap = 2;

    private readonly List<CurvePoint> _points = [];

    private string TableFile => Path.ChangeExtension(figure, ".csv");

    private string CardsFile => Path.ChangeExtension(figure, ".jsonl");

    /// <summary>Takes a point and writes all files.</summary>
    internal void Add(CurvePoint point)
    {
        _points.Add(point);
        CardFile.Write(CardsFile, [.. _points.SelectMany(known => known.Cards)]);
        CurveTable.Write(TableFile, _points);
        Figure().Write(figure);
    }

    /// <summary>For programs.</summary>
    internal JsonObject ToJson() => new()
    {
        ["figure"] = figure,
        ["table"] = TableFile,
        ["cards"] = CardsFile,
        ["points"] = new JsonArray([.. _points.Select(point => (JsonNode)new JsonObject
        {
            ["threshold"] = point.Truncation?.Threshold,
            ["cards"] = new JsonArray([.. point.Cards.Select(card => card.ToJson())]),
        })]),
    };

    /// <summary>For people: a line each point, and where each metric is best.</summary>
    internal string Table(IReadOnlyList<Metric> metrics)
    {
        string[][] lines =
        [
            ["T", .. CurveTable.Names(_points[0])],
            .. _points.Select(point => (string[])[point.Threshold, .. CurveTable.Figures(point).Select(ScoreView.Number)]),
        ];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length) + ColumnGap)];
        var text = new StringBuilder();
        foreach (string[] line in lines)
            text.AppendLine(string.Concat(line.Zip(widths, (cell, width) => cell.PadLeft(width))));

        text.AppendLine();
        foreach ((int place, Metric metric) in metrics.Index())
        {
            if (CurvePoint.Best(_points, place, metric.HigherIsBetter) is { } best)
                text.AppendLine($"Best {CurveTable.Names(best with { Cards = [best.Cards[place]] })[0]} {ScoreView.Number(best.Cards[place].Value)} at T = {best.Threshold}");
        }

        return text.AppendLine().Append($"Figure in {figure}, table in {TableFile}, cards in {CardsFile}").ToString();
    }

    private PointChart Figure()
    {
        (MetricCard up, MetricCard right) = (_points[0].Cards[0], _points[0].Cards[1]);
        return new PointChart
        {
            Title = $"Truncation of {network}",
            Subtitle = FormattableString.Invariant($"{up.GeneratedCount:n0} samples at each threshold T; features: {up.Extractor}; batch norm: {up.BatchNorm}"),
            YName = AxisName(up),
            XName = AxisName(right),
            Points = [.. _points.Select(point => new ChartPoint(point.Truncation is null ? "no truncation" : $"T = {point.Threshold}", point.Cards[1].Value, point.Cards[0].Value))],
        };
    }

    private static string AxisName(MetricCard card) => $"{CurveTable.Names(new CurvePoint(null, [card]))[0]}{(MetricBook.Parse(card.Protocol).HigherIsBetter ? ", more is better" : ", less is better")}";
}
