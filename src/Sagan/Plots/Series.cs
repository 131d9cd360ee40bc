namespace Sagan.Plots;

/// <summary>One line of a chart.</summary>
/// <param name="Name">Its label.</param>
/// <param name="Points">In order of x; what is not finite is a gap.</param>
public sealed record Series(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>The last value that is a number; not a number where there is none.</summary>
    public double Last => Points.LastOrDefault(point => double.IsFinite(point.Y), (0, double.NaN)).Y;
}
