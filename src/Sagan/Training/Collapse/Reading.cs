using System.Globalization;
using System.Text.Json.Nodes;

namespace Sagan.Training.Collapse;

/// <summary>What a line of the event log says of a run's health; what it does not say is null.</summary>
/// <remarks>
/// Signs read the log and nothing else, so a resumed run, which reads its log again, knows what an uninterrupted one knows.
/// </remarks>
internal sealed record Reading
{
    /// <summary>Name of the lines that tell of snapshots; ticks have none.</summary>
    internal const string SnapshotEvent = "snapshot";

    internal required long Images { get; init; }

    /// <summary>Mean logit on real pictures less that on generated ones.</summary>
    internal double? Margin { get; init; }

    internal double? DiscriminatorLoss { get; init; }

    /// <summary>Largest singular values by network and layer: <c>generator.block1.conv1</c>.</summary>
    internal IReadOnlyList<LayerSigma> Sigmas { get; init; } = [];

    /// <summary>Distance of the grid's pictures of a class over that of real ones, mean over classes.</summary>
    internal double? Diversity { get; init; }

    /// <summary>The class with the least, and its diversity.</summary>
    internal (string Class, double Diversity)? Least { get; init; }

    /// <summary>Where the discriminator puts held-out pictures: 0 with those it trained on, 1 with generated ones.</summary>
    internal double? OverfittingGap { get; init; }

    /// <summary>Reads a tick's or a snapshot's line; null for any other.</summary>
    internal static Reading? Of(JsonObject line)
    {
        if (Number(line, "images") is not { } images)
            return null;
        return line["event"]?.ToString() switch
        {
            null => new Reading
            {
                Images = (long)images,
                Margin = Number(line, "margin"),
                DiscriminatorLoss = Number(line, "lossD"),
                Sigmas = [.. SigmasOf(line, "sigmaG", "generator"), .. SigmasOf(line, "sigmaD", "discriminator")],
            },
            SnapshotEvent => new Reading
            {
                Images = (long)images,
                Diversity = Number(line, "diversity"),
                Least = Number(line, "leastDiversity") is { } least ? (line["leastClass"]?.ToString() ?? "", least) : null,
                OverfittingGap = Number(line, "overfittingGap"),
            },
            _ => null,
        };
    }

    /// <summary>A number of a line, however it is stored; null where there is none.</summary>
    internal static double? Number(JsonObject line, string key) => Number(line[key]);

    private static double? Number(JsonNode? node) =>
        node is JsonValue && double.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    private static IEnumerable<LayerSigma> SigmasOf(JsonObject line, string key, string network)
    {
        foreach ((string layer, JsonNode? value) in line[key] as JsonObject ?? [])
        {
            if (Number(value) is { } sigma)
                yield return new LayerSigma($"{network}.{layer}", sigma);
        }
    }
}
