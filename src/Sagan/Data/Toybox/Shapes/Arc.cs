namespace Sagan.Data.Toybox.Shapes;

/// <summary>A piece of a circle's line with round ends.</summary>
internal sealed class Arc : Shape
{
    private readonly Point _centre, _middle, _end;
    private readonly double _radius, _halfWidth, _cosine;

    /// <param name="centre">Of the circle.</param>
    /// <param name="radius">To the middle of the line.</param>
    /// <param name="middle">Direction of the arc's middle, in turns.</param>
    /// <param name="spread">From the middle to either end, in turns; below half a turn.</param>
    /// <param name="halfWidth">Of the line.</param>
    public Arc(Point centre, double radius, double middle, double spread, double halfWidth)
    {
        _centre = centre;
        _middle = Point.Polar(1, middle);
        _end = Point.Polar(radius, spread);
        _radius = radius;
        _halfWidth = halfWidth;
        _cosine = Turn.Cosine(spread);
        Bounds = Box.Around([centre], radius + halfWidth);
    }

    public override Box Bounds { get; }

    public override double Distance(Point point)
    {
        Point offset = point - _centre;
        double length = offset.Length;
        double along = offset.Dot(_middle), across = Math.Abs(offset.Cross(_middle));
        double gap = along >= length * _cosine
            ? Math.Abs(length - _radius)
            : (new Point(along, across) - _end).Length;
        return gap - _halfWidth;
    }
}
