namespace Sagan.Data.Toybox.Shapes;

/// <summary>An axis-aligned box.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>The smallest box that holds the points, grown by a margin on every side.</summary>
    public static Box Around(ReadOnlySpan<Point> points, double margin)
    {
        Box box = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (Point point in points)
        {
            box = new Box(
                Math.Min(box.Left, point.X - margin),
                Math.Min(box.Top, point.Y - margin),
                Math.Max(box.Right, point.X + margin),
                Math.Max(box.Bottom, point.Y + margin));
        }

        return box;
    }
}
