namespace Sagan.Plots;

/// <summary>A moment worth a line across the chart.</summary>
/// <param name="X">When.</param>
/// <param name="Text">What happened.</param>
public sealed record Marker(double X, string Text);
