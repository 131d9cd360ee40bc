namespace Sagan.Data.Toybox.Shapes;

/// <summary>The hull of two discs: a capsule when they are equal, else a petal, a wing, a leaf.</summary>
internal sealed class Pear : Shape
{
    private readonly Point _start, _along;
    private readonly double _length, _startRadius, _endRadius, _slope, _rise;

    /// <param name="start">Centre of the first disc.</param>
    /// <param name="startRadius">Its radius.</param>
    /// <param name="end">Centre of the second disc; neither disc may hold the other.</param>
    /// <param name="endRadius">Its radius.</param>
    public Pear(Point start, double startRadius, Point end, double endRadius)
    {
        _start = start;
        _length = (end - start).Length;
        _along = (end - start) * (1 / _length);
        _startRadius = startRadius;
        _endRadius = endRadius;
        _slope = (startRadius - endRadius) / _length;
        _rise = Math.Sqrt(1 - (_slope * _slope));
        Bounds = Box.Around([start, end], Math.Max(startRadius, endRadius));
    }

    public override Box Bounds { get; }

    public override double Distance(Point point)
    {
        Point offset = point - _start;
        double along = offset.Dot(_along), across = Math.Abs(offset.Cross(_along));

        // The common tangent touches both discs; project onto it to see which of the three pieces is nearest.
        double foot = (along * _rise) - (across * _slope);
        if (foot < 0)
            return offset.Length - _startRadius;
        if (foot > _length * _rise)
            return new Point(along - _length, across).Length - _endRadius;
        return (along * _slope) + (across * _rise) - _startRadius;
    }
}
