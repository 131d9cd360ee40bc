using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Classifiers;

namespace Sagan.Cli.Console;

/// <summary>A confusion matrix as people and programs read it.</summary>
internal static class ConfusionView
{
    private const int LongestName = 24;

    /// <summary>One line a class: how many, how many told, what the others are mostly taken for.</summary>
    internal static void Print(ConfusionMatrix confusion, IReadOnlyList<string> names, string what)
    {
        int width = Math.Min(LongestName, names.Max(name => name.Length));
        for (int label = 0; label < confusion.Classes; label++)
        {
            string told = confusion.AccuracyOf(label) is { } accuracy ? Percent(accuracy) : "      -";
            string rival = confusion.RivalOf(label) is { } other ? $"   mostly taken for {names[other]} ({confusion[label, other]})" : "";
            System.Console.WriteLine($"  {names[label].PadRight(width)} {confusion.CountOf(label),7}  {told}{rival}");
        }

        System.Console.WriteLine($"Accuracy        {Percent(confusion.Accuracy).Trim()} of {what}");
    }

    /// <summary>Accuracy and all counts, labels in rows.</summary>
    internal static JsonObject ToJson(ConfusionMatrix confusion, IReadOnlyList<string> names) => new()
    {
        ["pictures"] = confusion.Total,
        ["accuracy"] = confusion.Accuracy,
        ["classes"] = new JsonArray([.. names.Select(name => (JsonNode)name)]),
        ["counts"] = new JsonArray([.. Enumerable.Range(0, confusion.Classes).Select(label =>
            (JsonNode)new JsonArray([.. Enumerable.Range(0, confusion.Classes).Select(guess => (JsonNode)confusion[label, guess])]))]),
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share,5:0.0} %");
}
