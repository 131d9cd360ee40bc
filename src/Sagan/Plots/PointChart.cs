using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Plots;

/// <summary>Two figures against each other: points with names, joined in their order.</summary>
public sealed record PointChart
{
    /// <summary>Above the chart.</summary>
    public required string Title { get; init; }

    /// <summary>What it shows and how to read it, in one line.</summary>
    public required string Subtitle { get; init; }

    /// <summary>Below the horizontal axis.</summary>
    public required string XName { get; init; }

    /// <summary>Above the vertical axis.</summary>
    public required string YName { get; init; }

    /// <summary>In the order in which they are joined; one that is not finite is left out.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>Writes the chart as SVG; the file appears whole or not at all.</summary>
    public void Write(string path) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(PointChartSvg.Write(this))));
}
