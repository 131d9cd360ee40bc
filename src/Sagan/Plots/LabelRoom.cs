namespace Sagan.Plots;

/// <summary>Finds room for the names of joined points: beside the point, off other names, points and the line where that can be.</summary>
/// <param name="points">In pixels, in the order in which they are joined.</param>
/// <param name="left">Nothing further left.</param>
/// <param name="top">Nothing higher.</param>
/// <param name="right">Nothing further right.</param>
/// <param name="bottom">Nothing lower.</param>
internal sealed class LabelRoom(IReadOnlyList<(double X, double Y)> points, double left, double top, double right, double bottom)
{
    private const double LetterWidth = 7.2, PointRadius = 6;
    private const int Directions = 12, StepsOfLine = 24;

    private static readonly double[] s_distances = [8, 20, 34, 50, 68, 88];

    private readonly List<LabelPlace> _taken = [];
    private readonly (double X, double Y)[] _line = [.. points.Zip(points.Skip(1)).SelectMany(Steps)];

    /// <summary>Takes room for a point's name.</summary>
    /// <param name="point">Its place among the points.</param>
    /// <param name="label">The name.</param>
    internal LabelPlace Place(int point, string label)
    {
        LabelPlace best = Candidates(points[point], label.Length * LetterWidth).MinBy(Cost);
        _taken.Add(best);
        return best;
    }

    // Nearer ones first: of two equally good the first is taken.
    private static IEnumerable<LabelPlace> Candidates((double X, double Y) point, double width) =>
        from distance in s_distances
        from direction in Enumerable.Range(0, Directions)
        let angle = 2 * Math.PI * direction / Directions
        select new LabelPlace(point.X + (Math.Cos(angle) * (distance + (width / 2))), point.Y + (Math.Sin(angle) * (distance + (LabelPlace.Height / 2))), width);

    private static IEnumerable<(double X, double Y)> Steps(((double X, double Y) From, (double X, double Y) To) piece) =>
        Enumerable.Range(0, StepsOfLine).Select(step => (double)step / StepsOfLine)
            .Select(share => (piece.From.X + (share * (piece.To.X - piece.From.X)), piece.From.Y + (share * (piece.To.Y - piece.From.Y))));

    private double Cost(LabelPlace place)
    {
        bool isInside = place.NearestTo(left, top) == (place.X - (place.Width / 2), place.Y - (LabelPlace.Height / 2))
            && place.NearestTo(right, bottom) == (place.X + (place.Width / 2), place.Y + (LabelPlace.Height / 2));
        int names = _taken.Count(place.Covers), covered = points.Count(point => place.Covers(point, PointRadius)), crossed = _line.Count(step => place.Covers(step, 1));
        return (isInside ? 0 : 1000) + (100 * names) + (20 * covered) + crossed;
    }
}
