using System.Globalization;
using System.Text.Json.Nodes;

namespace Sagan.Plots;

/// <summary>The curves of a run's scores, one chart for each metric; what was measured in another way has a line of its own.</summary>
internal static class ScoreCharts
{
    // Precision, recall, density, coverage; an intra-class distance has one for each class, and its mean is enough.
    private const int MostFigures = 4;

    // Of a card, all that decides whether two can be compared and may change within a run.
    private static readonly string[] s_ways = ["extractor", "resize", "weights", "dataFingerprint", "realCount", "generatedCount", "batchNorm", "truncation"];

    /// <summary>Charts of the cards of a <c>metrics.jsonl</c>, named after the metric alone: whose features stands in each.</summary>
    internal static IEnumerable<LineChart> Of(IEnumerable<JsonObject> cards) =>
        from card in cards
        where card["values"] is JsonObject
        group card by (card["metric"]?.ToString() ?? "score").Split(':')[^1] into metric
        select Chart(metric.Key, [.. metric]);

    private static LineChart Chart(string metric, JsonObject[] cards)
    {
        JsonObject last = cards[^1];
        string[] figures = [.. ((JsonObject)last["values"]!).Select(value => value.Key).Where(name => !name.EndsWith("Deviation", StringComparison.Ordinal))];
        IGrouping<string, JsonObject>[] ways = [.. cards.GroupBy(card => string.Join('|', s_ways.Select(way => card[way])))];
        return new LineChart
        {
            Name = metric,
            Title = metric,
            Subtitle = $"Of {last["generatedCount"]} drawn pictures{Against(last)}, by the features of {last["extractor"]}.",
            Series =
            [
                .. from way in ways
                   from figure in figures.Length > MostFigures ? figures[..1] : figures
                   select new Series(ways.Length == 1 ? figure : $"{figure}, {way.First()["extractor"]}", [.. way.Select(card => (Number(card["images"]), Number(card["values"]![figure])))]),
            ],
        };
    }

    private static string Against(JsonObject card) => card["data"] is { } data ? $" against {card["realCount"]} of {data}" : "";

    // Infinity and NaN are written as words: a gap.
    private static double Number(JsonNode? node) =>
        node is JsonValue value && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
