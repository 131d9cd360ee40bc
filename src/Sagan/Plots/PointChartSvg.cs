using System.Globalization;
using System.Net;
using System.Text;

namespace Sagan.Plots;

/// <summary>Draws a chart of named points as SVG.</summary>
internal sealed class PointChartSvg
{
    private const double Width = 760, Height = 520;
    private const double Left = 72, Right = Width - 40, Top = 104, Bottom = Height - 58;

    // Further off, a thin line says whose name it is.
    private const double FarLabel = 12;

    private readonly PointChart _chart;
    private readonly ChartPoint[] _points;
    private readonly Axis _x, _y;
    private readonly StringBuilder _svg = new();

    private PointChartSvg(PointChart chart)
    {
        _chart = chart;
        _points = [.. chart.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))];
        _x = new Axis(_points.Select(point => point.X), Left, Right, padding: 0.08);
        _y = new Axis(_points.Select(point => point.Y), Bottom, Top, padding: 0.08);
    }

    internal static string Write(PointChart chart) => new PointChartSvg(chart).Draw();

    private string Draw()
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(_chart.Title)}\">");
        _svg.Append("<style>").Append(ChartStyle.Css).Append("</style>\n");
        Add($"<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{Width - 1}\" height=\"{Height - 1}\" rx=\"8\"/>");
        Add($"<text class=\"title\" x=\"{Left - 42}\" y=\"30\">{Escape(_chart.Title)}</text>");
        Add($"<text x=\"{Left - 42}\" y=\"50\">{Escape(_chart.Subtitle)}</text>");
        DrawAxes();
        DrawPoints();
        return _svg.Append("</svg>\n").ToString();
    }

    private void DrawAxes()
    {
        foreach (double value in _y.Ticks(6))
        {
            double y = _y.At(value);
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{Axis.Print(value)}</text>");
        }

        foreach (double value in _x.Ticks(7))
        {
            double x = _x.At(value);
            Add($"<line class=\"grid\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{Top}\" y2=\"{Bottom}\"/>");
            Add($"<text x=\"{x:0.0}\" y=\"{Bottom + 18}\" text-anchor=\"middle\">{Axis.Print(value)}</text>");
        }

        Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\"/>");
        Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Left}\" y1=\"{Top}\" y2=\"{Bottom}\"/>");
        Add($"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 40}\" text-anchor=\"middle\">{Escape(_chart.XName)}</text>");
        Add($"<text x=\"{Left - 42}\" y=\"{Top - 16}\">{Escape(_chart.YName)}</text>");
    }

    private void DrawPoints()
    {
        (double X, double Y)[] places = [.. _points.Select(point => (_x.At(point.X), _y.At(point.Y)))];
        if (places.Length > 1)
            Add($"<polyline class=\"c0\" points=\"{string.Join(' ', places.Select(place => FormattableString.Invariant($"{place.X:0.0},{place.Y:0.0}")))}\"/>");
        foreach ((int i, (double x, double y)) in places.Index())
            Add($"<circle class=\"d0\" cx=\"{x:0.0}\" cy=\"{y:0.0}\" r=\"4\"><title>{Escape(_points[i].Label)}: {_points[i].X}, {_points[i].Y}</title></circle>");

        var room = new LabelRoom(places, Left, Top, Right, Bottom);
        foreach ((int i, (double x, double y)) in places.Index())
        {
            LabelPlace label = room.Place(i, _points[i].Label);
            (double edgeX, double edgeY) = label.NearestTo(x, y);
            if (Math.Abs(edgeX - x) + Math.Abs(edgeY - y) > FarLabel)
                Add($"<path class=\"lead c0\" d=\"M{x:0.0} {y:0.0} L{edgeX:0.0} {edgeY:0.0}\"/>");
            Add($"<text class=\"label d0\" x=\"{label.X:0.0}\" y=\"{label.Y + 4:0.0}\" text-anchor=\"middle\">{Escape(_points[i].Label)}</text>");
        }
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
