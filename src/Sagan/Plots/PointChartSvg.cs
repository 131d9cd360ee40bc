namespace Sagan.Plots;

/// <summary>Draws a chart of named points as SVG.</summary>
internal sealed class PointChartSvg
{
    private const double Left = 72, Right = 720, Top = 104, Bottom = 462;

    // Further off, a thin line says whose name it is.
    private const double FarLabel = 12;

    private readonly PointChart _chart;
    private readonly ChartPoint[] _points;
    private readonly Axis _x, _y;
    private readonly ChartFrame _frame = new(width: 760, height: 520, Left, Right, Top, Bottom);

    private PointChartSvg(PointChart chart)
    {
        _chart = chart;
        _points = [.. chart.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        _x = _frame.Across(_points.Select(point => point.X), padding: 0.08);
        _y = _frame.Upwards(_points.Select(point => point.Y), padding: 0.08);
    }

    internal static string Write(PointChart chart) => new PointChartSvg(chart).Draw();

    private string Draw()
    {
        _frame.Begin(_chart.Title, _chart.Subtitle);
        _frame.DrawPositions(_x, _chart.XName, hasGrid: true);
        _frame.DrawValues(_y);
        _frame.DrawUpright(_chart.YName);
        DrawPoints();
        return _frame.End();
    }

    private void DrawPoints()
    {
        (double X, double Y)[] places = [.. _points.Select(point => (_x.At(point.X), _y.At(point.Y)))];
        if (places.Length > 1)
            _frame.Add($"<polyline class=\"c0\" points=\"{ChartFrame.Path(places)}\"/>");
        foreach ((int i, (double x, double y)) in places.Index())
            _frame.Add($"<circle class=\"d0\" cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"4\"><title>{ChartFrame.Escape(_points[i].Label)}: {_points[i].X}, {_points[i].Y}</title></circle>");

        var room = new LabelRoom(places, Left, Top, Right, Bottom);
        foreach ((int i, (double x, double y)) in places.Index())
        {
            LabelPlace label = room.Place(i, _points[i].Label);
            (double edgeX, double edgeY) = label.NearestTo(x, y);
            if (Math.Abs(edgeX - x) + Math.Abs(edgeY - y) > FarLabel)
                _frame.Add($"<path class=\"lead c0\" d=\"M{x:0.0} {y:0.0} L{edgeX:0.0} {edgeY:0.0}\"/>");
            _frame.Add($"<text class=\"label d0\" x=\"{label.X:0.0}\" y=\"{label.Y + 4:0.0}\" text-anchor=\"middle\">{ChartFrame.Escape(_points[i].Label)}</text>");
        }
    }
}
