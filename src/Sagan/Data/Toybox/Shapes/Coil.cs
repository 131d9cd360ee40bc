namespace Sagan.Data.Toybox.Shapes;

/// <summary>The line of an Archimedean spiral with round ends: its radius grows by one pitch a turn.</summary>
internal sealed class Coil : Shape
{
    private readonly Point _centre, _inner, _outer;
    private readonly double _pitch, _start, _first, _last, _halfWidth;
    private readonly bool _clockwise;

    /// <param name="centre">Of the spiral.</param>
    /// <param name="pitch">Growth of the radius a turn.</param>
    /// <param name="start">Direction in which the spiral would leave the centre, in turns.</param>
    /// <param name="first">Turns after which the line begins, so that it does not clot at the centre.</param>
    /// <param name="last">Turns after which it ends.</param>
    /// <param name="halfWidth">Of the line.</param>
    /// <param name="clockwise">Which way it opens, as seen on the picture.</param>
    public Coil(Point centre, double pitch, double start, double first, double last, double halfWidth, bool clockwise)
    {
        _centre = centre;
        _pitch = pitch;
        _start = start;
        _first = first;
        _last = last;
        _halfWidth = halfWidth;
        _clockwise = clockwise;
        _inner = At(first);
        _outer = At(last);
        Bounds = Box.Around([centre], (pitch * last) + halfWidth);
    }

    public override Box Bounds { get; }

    /// <summary>The middle of the line after a number of turns.</summary>
    public Point At(double turns) => _centre + Point.Polar(_pitch * turns, _start + (_clockwise ? turns : -turns));

    public override double Distance(Point point)
    {
        Point offset = point - _centre;
        double radius = offset.Length;
        double nearest = Math.Min((point - _inner).Length, (point - _outer).Length);

        double direction = Turn.Of(offset.X, offset.Y) - _start;
        double turned = _clockwise ? direction : -direction;
        double lap = Math.Floor(Math.Clamp(radius / _pitch, _first, _last) - turned);
        double slope = _pitch / (2 * Math.PI * Math.Max(radius, _pitch * _first));
        double squeeze = 1 / Math.Sqrt(1 + (slope * slope));
        for (int i = 0; i < 2; i++)
        {
            double turns = turned + lap + i;
            if (turns >= _first && turns <= _last)
                nearest = Math.Min(nearest, Math.Abs(radius - (_pitch * turns)) * squeeze);
        }

        return nearest - _halfWidth;
    }
}
