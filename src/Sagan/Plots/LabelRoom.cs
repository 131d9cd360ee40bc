namespace Sagan.Plots;

/// <summary>Finds room for the names of joined points: beside the point, off other names, points and the line where that can be.</summary>
/// <param name="points">In pixels, in the order in which they are joined.</param>
/// <param name="left">Nothing further left.</param>
/// <param name="top">Nothing higher.</param>
/// <param name="right">Nothing further right.</param>
/// <param name="bottom">Nothing lower.</param>
internal sealed class LabelRoom(IReadOnlyList<(double X, double Y)> points, double left, double top, double right, double bottom)
{
    private const double LetterWidth = 7.2, Height = 15, PointRadius = 6;
    private const int Directions = 12, StepsOfLine = 24;

    private static readonly double[] s_distances = [8, 20, 34, 50];

    private readonly List<(double X, double Y, double Width)> _taken = [];
    private readonly (double X, double Y)[] _line = [.. points.Zip(points.Skip(1)).SelectMany(Steps)];

    /// <summary>The middle of a point's name.</summary>
    /// <param name="point">Its place among the points.</param>
    /// <param name="label">The name.</param>
    internal (double X, double Y) Place(int point, string label)
    {
        double width = label.Length * LetterWidth;
        (double x, double y) = Candidates(points[point], width).MinBy(place => Cost(place, width));
        _taken.Add((x, y, width));
        return (x, y);
    }

    // Nearer ones first: of two equally good the first is taken.
    private static IEnumerable<(double X, double Y)> Candidates((double X, double Y) point, double width) =>
        from distance in s_distances
        from direction in Enumerable.Range(0, Directions)
        let angle = 2 * Math.PI * direction / Directions
        select (point.X + (Math.Cos(angle) * (distance + (width / 2))), point.Y + (Math.Sin(angle) * (distance + (Height / 2))));

    private static IEnumerable<(double X, double Y)> Steps(((double X, double Y) From, (double X, double Y) To) piece) =>
        Enumerable.Range(0, StepsOfLine).Select(step => (double)step / StepsOfLine)
            .Select(share => (piece.From.X + (share * (piece.To.X - piece.From.X)), piece.From.Y + (share * (piece.To.Y - piece.From.Y))));

    private double Cost((double X, double Y) place, double width)
    {
        bool Covers((double X, double Y) other, double reach) =>
            Math.Abs(other.X - place.X) < (width / 2) + reach && Math.Abs(other.Y - place.Y) < (Height / 2) + reach;

        bool isOutside = place.X - (width / 2) < left || place.X + (width / 2) > right || place.Y - (Height / 2) < top || place.Y + (Height / 2) > bottom;
        int names = _taken.Count(name => Math.Abs(name.X - place.X) < (name.Width + width) / 2 && Math.Abs(name.Y - place.Y) < Height);
        int covered = points.Count(point => Covers(point, PointRadius));
        int crossed = _line.Count(step => Covers(step, 1));
        return (isOutside ? 1000 : 0) + (100 * names) + (20 * covered) + crossed;
    }
}
