namespace Sagan.Data.Toybox.Oracle;

/// <summary>The square between four neighbouring pixel centres that holds a point: what bilinear reading needs.</summary>
internal readonly struct Cell
{
    /// <param name="point">In the picture; one beyond the outermost pixel centres moves onto them.</param>
    /// <param name="resolution">Pixels along each side.</param>
    public Cell(Point point, int resolution)
    {
        double x = Math.Clamp(((point.X + 1) * resolution / 2) - 0.5, 0, resolution - 1);
        double y = Math.Clamp(((point.Y + 1) * resolution / 2) - 0.5, 0, resolution - 1);
        int left = Math.Min((int)x, resolution - 2), top = Math.Min((int)y, resolution - 2);
        Index = (top * resolution) + left;
        Across = x - left;
        Down = y - top;
    }

    /// <summary>Index of the upper left pixel in its plane.</summary>
    public int Index { get; }

    /// <summary>Share of the way to the right neighbour.</summary>
    public double Across { get; }

    /// <summary>Share of the way to the lower neighbour.</summary>
    public double Down { get; }
}
