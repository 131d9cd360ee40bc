namespace Sagan.Data.Toybox.Shapes;

/// <summary>A region of the picture, known by its signed distance: negative inside, positive outside.</summary>
internal abstract class Shape
{
    /// <summary>A box around the region.</summary>
    public abstract Box Bounds { get; }

    /// <summary>
    /// Signed distance to the edge, never longer than the true one: the rasteriser skips as far as it is told.
    /// </summary>
    public abstract double Distance(Point point);
}
