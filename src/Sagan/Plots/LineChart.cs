namespace Sagan.Plots;

/// <summary>Lines over the images of a run.</summary>
public sealed record LineChart
{
    /// <summary>File name without its ending.</summary>
    public required string Name { get; init; }

    /// <summary>Above the chart.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows and how to read it, in one line.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<Series> Series { get; init; }

    /// <summary>Whether the vertical axis is logarithmic; values not above 0 are then gaps.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>A value that is always in sight, with a line of its own; null for none.</summary>
    public double? Reference { get; init; }

    /// <summary>Moments worth a line.</summary>
    public IReadOnlyList<Marker> Markers { get; init; } = [];
}
