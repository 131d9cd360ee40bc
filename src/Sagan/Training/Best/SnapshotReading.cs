using Sagan.Imaging;
using Sagan.Training.Collapse;

namespace Sagan.Training.Best;

/// <summary>What a metric may look at when a snapshot is taken.</summary>
internal sealed record SnapshotReading
{
    /// <summary>The grid of fixed latents, drawn by the average where there is one: one class a row.</summary>
    internal required IReadOnlyList<IReadOnlyList<Raster>> Grid { get; init; }

    /// <summary>How varied the grid is; null where it cannot be said.</summary>
    internal required GridDiversity? Diversity { get; init; }

    /// <summary>Mean logit on real pictures less that on generated ones in the last tick; null before the first.</summary>
    internal required double? Margin { get; init; }
}
