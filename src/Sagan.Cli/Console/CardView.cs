using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Evaluation;

namespace Sagan.Cli.Console;

/// <summary>Cards of scores as lines for people: the figures, then what they were measured by.</summary>
internal static class CardView
{
    private const int MostFigures = 8;

    /// <summary>Writes cards to a file where one is wanted, and to the console.</summary>
    internal static void Show(IReadOnlyList<MetricCard> cards, string? file, bool json)
    {
        if (file is not null)
            CardFile.Write(file, cards);
        if (json)
            System.Console.WriteLine(new JsonArray([.. cards.Select(card => card.ToJson())]).ToJsonString());
        else
            Print(cards, System.Console.WriteLine);
    }

    /// <summary>Two measurements of each metric side by side.</summary>
    internal static void PrintPairs(IReadOnlyList<(MetricCard First, MetricCard Second)> pairs, Action<string> print)
    {
        int width = pairs.Max(pair => pair.First.Metric.Length);
        foreach ((MetricCard first, MetricCard second) in pairs)
        {
            foreach (string name in first.Values.Keys.Take(MostFigures).Where(second.Values.ContainsKey))
            {
                (double here, double there) = (first.Values[name], second.Values[name]);
                print($"{first.Metric.PadRight(width)}  {name,-14} {ScoreView.Number(here),12} {ScoreView.Number(there),12}   {(there >= here ? "+" : "-")}{ScoreView.Number(Math.Abs(there - here))}");
            }
        }

        print("");
        print($"First      {pairs[0].First.Generated}{Facts(pairs[0].First)}");
        print($"Second     {pairs[0].Second.Generated}{Facts(pairs[0].Second)}");
    }

    private static void Print(IReadOnlyList<MetricCard> cards, Action<string> print)
    {
        int width = cards.Max(card => card.Metric.Length);
        foreach (MetricCard card in cards)
            print($"{card.Metric.PadRight(width)}  {string.Join("  ", card.Values.Take(MostFigures).Select(value => Figure(card, value)))}{More(card)}");

        MetricCard first = cards[0];
        MetricCard? compared = cards.FirstOrDefault(card => card.Data is not null);
        print("");
        print($"Scored     {first.Generated}{Facts(first)}");
        if (compared is not null)
            print(Invariant($"Against    {compared.Data}, {compared.RealCount:n0} pictures"));
        print($"Features   {first.Extractor}, resized as {first.Resize}, weights {first.Weights[..16]}");
    }

    private static string Figure(MetricCard card, KeyValuePair<string, double> value)
    {
        string deviation = card.Deviations is { } deviations ? $" ± {ScoreView.Number(deviations[value.Key])}" : "";
        return $"{value.Key} {ScoreView.Number(value.Value)}{deviation}";
    }

    private static string More(MetricCard card) => card.Values.Count > MostFigures ? $"  … {card.Values.Count - MostFigures} more with --json" : "";

    private static string Facts(MetricCard card)
    {
        var facts = new List<string> { Invariant($"{card.GeneratedCount:n0} pictures") };
        if (card.Images is { } images)
            facts.Add(Invariant($"trained on {images:n0}"));
        if (card.Ema is true)
            facts.Add("averaged weights");
        if (card.BatchNorm is { } batchNorm)
            facts.Add($"batch norm {batchNorm}");
        if (card.Truncation is { } truncation)
            facts.Add($"truncation {truncation}");
        if (card.Seed is { } seed)
            facts.Add(Invariant($"seed {seed}"));
        if (card.Repeats > 1)
            facts.Add(Invariant($"{card.Repeats} repeats"));
        return ": " + string.Join(", ", facts);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
