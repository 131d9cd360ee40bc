using Sagan.Metrics.Features;

namespace Sagan.Metrics.Statistics;

/// <summary>Where statistics come from, which the files of other tools do not record: kept in a JSON file beside them.</summary>
public sealed record StatisticsOrigin
{
    /// <summary>The network whose features these are.</summary>
    public required string Extractor { get; init; }

    /// <summary>How pictures were brought to the network's size; another way gives another FID.</summary>
    public required string Resize { get; init; }

    /// <summary>SHA-256 of the network's weights, in lower-case hexadecimal; null where they are not from a file.</summary>
    public string? Weights { get; init; }

    /// <summary>Pictures behind the statistics.</summary>
    public required long Count { get; init; }

    /// <summary>Whether the stored covariance was divided by the number of pictures, and not by one less.</summary>
    public bool Biased { get; init; }

    /// <summary>Whose pictures: a data set and its part, or a snapshot and its seed.</summary>
    public required string Data { get; init; }

    /// <summary>Of what an extractor said.</summary>
    /// <param name="extractor">The extractor.</param>
    /// <param name="count">Pictures.</param>
    /// <param name="data">Whose pictures.</param>
    public static StatisticsOrigin Of(FeatureExtractor extractor, long count, string data) => new()
    {
        Extractor = extractor.Name,
        Resize = extractor.Preparation,
        Weights = extractor.Identity,
        Count = count,
        Data = data,
    };

    /// <summary>Refuses to compare with statistics of another network, resizing or weights. Data and number may differ: that is what is compared.</summary>
    /// <param name="other">The other side.</param>
    /// <exception cref="MetricException">They may not be mixed; the message names both sides.</exception>
    public void RequireComparable(StatisticsOrigin other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require("extractor", Extractor, other.Extractor, other.Data);
        Require("resizing", Resize, other.Resize, other.Data);
        if (Weights is not null && other.Weights is not null)
            Require("weights", Weights, other.Weights, other.Data);
    }

    private void Require(string what, string here, string there, string otherData)
    {
        if (!string.Equals(here, there, StringComparison.OrdinalIgnoreCase))
            throw new MetricException($"statistics of '{Data}' ({what} {here}) and of '{otherData}' ({what} {there}) cannot be compared; compute both in one way");
    }
}
