using System.Text.Json.Serialization;

namespace Sagan.Training.Best;

/// <summary>How far apart the discriminator held real and generated pictures in the last tick: the nearer, the better balanced.</summary>
/// <remarks>Of balance only: a weak discriminator is close, too.</remarks>
public sealed record MarginMetric : SnapshotMetric
{
    internal const string Kind = "margin";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => Kind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool HigherIsBetter => false;

    internal override double? Measure(SnapshotReading reading) => reading.Margin is { } margin ? Math.Abs(margin) : null;
}
