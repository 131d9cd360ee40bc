using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sagan.Metrics;

namespace Sagan.Evaluation;

/// <summary>A score with all that decides about it: without these a number says nothing, and two cannot be compared.</summary>
public sealed record MetricCard
{
    private const string Kind = "sagan-metric-1";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>What this file is.</summary>
    public string Format { get; init; } = Kind;

    /// <summary>
    /// The metric by its protocol, for instance <c>fid50k_full</c>; of other features than those of the published Inception
    /// network their name stands before, <c>classifier:fid50k_full</c>.
    /// </summary>
    public required string Metric { get; init; }

    /// <summary>The protocol alone, without the features.</summary>
    [JsonIgnore]
    public string Protocol => Metric[(Metric.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The figures by name; a metric may have several. Means over repeats.</summary>
    public required IReadOnlyDictionary<string, double> Values { get; init; }

    /// <summary>Their standard deviations over repeats, divided by repeats - 1; null for one.</summary>
    public IReadOnlyDictionary<string, double>? Deviations { get; init; }

    /// <summary>The network whose features were compared.</summary>
    public required string Extractor { get; init; }

    /// <summary>How pictures were brought to its size.</summary>
    public required string Resize { get; init; }

    /// <summary>SHA-256 of its weights.</summary>
    public required string Weights { get; init; }

    /// <summary>Whose convention, where tools differ; null where they do not.</summary>
    public string? Convention { get; init; }

    /// <summary>The real pictures; null where the metric looks at none.</summary>
    public string? Data { get; init; }

    /// <summary>Changes with the real pictures, their part and their size.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>Number of real pictures.</summary>
    public long? RealCount { get; init; }

    /// <summary>What was scored.</summary>
    public required string Generated { get; init; }

    /// <summary>Number of pictures scored, in each repeat.</summary>
    public required long GeneratedCount { get; init; }

    /// <summary>Real pictures that the network had been shown; null where no network drew.</summary>
    public long? Images { get; init; }

    /// <summary>Whether the averaged generator drew; null where no network drew.</summary>
    public bool? Ema { get; init; }

    /// <summary>Which statistics batch norm used: running, or standing with their batches; null where no network drew.</summary>
    public string? BatchNorm { get; init; }

    /// <summary>Truncation of the latents with its mode; null: none.</summary>
    public string? Truncation { get; init; }

    /// <summary>Decides which latents were drawn; null where no network drew.</summary>
    public long? Seed { get; init; }

    /// <summary>Times that it was done, with other latents each.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Of this program.</summary>
    public string Version { get; init; } = typeof(MetricCard).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The figure that the metric is named after.</summary>
    [JsonIgnore]
    public double Value => Values.Values.First();

    /// <summary>Refuses to set beside each other what was measured in two ways.</summary>
    /// <param name="other">The other card. What was scored, its clock, seed and repeats may differ: that is what is compared.</param>
    /// <exception cref="MetricException">They differ otherwise; the message names the first field and both values.</exception>
    public void RequireComparable(MetricCard other)
    {
        foreach ((string field, object? here, object? there) in new (string, object?, object?)[]
        {
            ("metric", Metric, other.Metric),
            ("extractor", Extractor, other.Extractor),
            ("resize", Resize, other.Resize),
            ("weights", Weights, other.Weights),
            ("convention", Convention, other.Convention),
            ("data", DataFingerprint ?? Data, other.DataFingerprint ?? other.Data),
            ("realCount", RealCount, other.RealCount),
            ("generatedCount", GeneratedCount, other.GeneratedCount),
            ("batchNorm", BatchNorm, other.BatchNorm),
            ("truncation", Truncation, other.Truncation),
        })
        {
            if (!Equals(here, there))
            {
                throw new MetricException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Metric} of {Generated} and {other.Metric} of {other.Generated} cannot be compared: {field} is {here ?? "none"} in the first and {there ?? "none"} in the second; measure both in one way"));
            }
        }
    }

    /// <summary>Mean and deviation of the figures of several repeats, under the first one's name and seed.</summary>
    internal static MetricCard Mean(IReadOnlyList<MetricCard> repeats)
    {
        Dictionary<string, double> means = repeats[0].Values.Keys.ToDictionary(name => name, name => repeats.Average(card => card.Values[name]));
        double Deviation(string name) => Math.Sqrt(repeats.Sum(card => Math.Pow(card.Values[name] - means[name], 2)) / (repeats.Count - 1));
        return repeats[0] with { Values = means, Deviations = means.Keys.ToDictionary(name => name, Deviation), Repeats = repeats.Count };
    }

    /// <summary>As one object of JSON.</summary>
    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, s_options)!;

    /// <summary>Reads what <see cref="ToJson"/> made.</summary>
    /// <exception cref="MetricException">It is no card; the message says why.</exception>
    public static MetricCard FromJson(JsonNode node)
    {
        try
        {
            MetricCard card = node.Deserialize<MetricCard>(s_options) ?? throw new MetricException("a card is an object of JSON, here is null");
            return card.Format == Kind && card.Values.Count > 0
                ? card
                : throw new MetricException($"this is no card of a score: its format is '{card.Format}', not {Kind}");
        }
        catch (JsonException error)
        {
            throw new MetricException($"this is no card of a score: {error.Message}", error);
        }
    }
}
