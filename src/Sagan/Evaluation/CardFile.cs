using System.Text.Json;
using System.Text.Json.Nodes;
using Sagan.Metrics;
using Sagan.Tensors.Files;

namespace Sagan.Evaluation;

/// <summary>Cards of scores in a file: one object of JSON a line.</summary>
public static class CardFile
{
    /// <summary>Writes cards; the file appears whole or not at all.</summary>
    public static void Write(string path, IReadOnlyList<MetricCard> cards) => AtomicFile.Write(path, file =>
    {
        using var writer = new StreamWriter(file, leaveOpen: true);
        foreach (MetricCard card in cards)
            writer.WriteLine(card.ToJson().ToJsonString());
    });

    /// <summary>Reads cards.</summary>
    /// <exception cref="MetricException">There are none, or a line is no card; the message names the file.</exception>
    public static IReadOnlyList<MetricCard> Read(string path)
    {
        try
        {
            MetricCard[] cards = [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => MetricCard.FromJson(JsonNode.Parse(line)!))];
            return cards.Length > 0 ? cards : throw new MetricException("it is empty");
        }
        catch (Exception error) when (error is JsonException or MetricException)
        {
            throw new MetricException($"{path}: {error.Message}; `sagan evaluate … -o FILE` writes cards", error);
        }
    }
}
