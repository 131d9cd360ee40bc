namespace Sagan.Data.Toybox.Shapes;

/// <summary>A closed polygon without crossings, its corners rounded outwards.</summary>
internal sealed class Polygon : Shape
{
    private readonly Point[] _corners, _edges;
    private readonly double[] _inverseSquares;
    private readonly double _rounding;

    /// <param name="corners">In order, either way round.</param>
    /// <param name="rounding">How far the outline lies outside the corners.</param>
    public Polygon(Point[] corners, double rounding = 0)
    {
        _corners = corners;
        _edges = new Point[corners.Length];
        _inverseSquares = new double[corners.Length];
        _rounding = rounding;
        Bounds = Box.Around(corners, rounding);

        for (int i = 0; i < corners.Length; i++)
        {
            _edges[i] = corners[(i + 1) % corners.Length] - corners[i];
            _inverseSquares[i] = 1 / _edges[i].Dot(_edges[i]);
        }
    }

    public override Box Bounds { get; }

    public override double Distance(Point point)
    {
        double nearest = double.MaxValue;
        bool inside = false;
        for (int i = 0; i < _corners.Length; i++)
        {
            Point offset = point - _corners[i], edge = _edges[i];
            Point gap = offset - (edge * Math.Clamp(offset.Dot(edge) * _inverseSquares[i], 0, 1));
            nearest = Math.Min(nearest, gap.Dot(gap));

            // Count the edges that a ray to the right crosses: an odd number means inside.
            bool startsAbove = offset.Y < 0, endsAbove = offset.Y < edge.Y;
            if (startsAbove != endsAbove && (edge.Cross(offset) > 0) == (edge.Y > 0))
                inside = !inside;
        }

        return (inside ? -Math.Sqrt(nearest) : Math.Sqrt(nearest)) - _rounding;
    }
}
