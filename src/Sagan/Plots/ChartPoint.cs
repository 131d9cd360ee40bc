namespace Sagan.Plots;

/// <summary>A point of a chart with its name.</summary>
/// <param name="Label">Beside the point.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
public sealed record ChartPoint(string Label, double X, double Y);
