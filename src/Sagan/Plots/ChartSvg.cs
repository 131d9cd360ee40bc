using System.Globalization;

namespace Sagan.Plots;

/// <summary>Draws a chart as SVG: the lines that end highest in colour with their names beside them, the others in grey.</summary>
internal sealed class ChartSvg
{
    private const double Left = 66, Right = 694, Top = 84, Bottom = 390;
    private const double LabelHeight = 15;

    private readonly LineChart _chart;
    private readonly Series[] _highlighted, _others;
    private readonly Axis _x, _y;
    private readonly ChartFrame _frame = new(width: 900, height: 440, Left, Right, Top, Bottom);

    private ChartSvg(LineChart chart)
    {
        _chart = chart;
        Series[] present = [.. chart.Series.Where(series => series.Points.Count > 0)];

        // In a chart of few lines each has the colour of its place; of many, those that end highest stand out.
        _highlighted = present.Length <= ChartStyle.Colours ? present : [.. present.OrderByDescending(series => series.Last).Take(ChartStyle.Colours)];
        _others = [.. present.Except(_highlighted)];
        _x = _frame.Across(present.SelectMany(series => series.Points).Select(point => point.X).Append(0));
        IEnumerable<double> values = present.SelectMany(series => series.Points).Select(point => point.Y);
        _y = _frame.Upwards(chart.Reference is { } reference ? values.Append(reference) : values, chart.IsLogarithmic, padding: 0.05);
    }

    internal static string Write(LineChart chart) => new ChartSvg(chart).Draw();

    private string Draw()
    {
        _frame.Begin(_chart.Title, _chart.Subtitle);
        _frame.DrawValues(_y);
        _frame.DrawPositions(_x, "real pictures shown", hasGrid: false);
        DrawReference();
        DrawMarkers();
        foreach (Series series in _others)
            DrawLine(series, "other");
        for (int i = _highlighted.Length - 1; i >= 0; i--)
            DrawLine(_highlighted[i], $"c{i}");
        DrawLabels();
        return _frame.End();
    }

    private void DrawReference()
    {
        if (_chart.Reference is { } reference)
            _frame.Add($"<line class=\"reference\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{_y.At(reference):0.0}\" y2=\"{_y.At(reference):0.0}\"/>");
    }

    private void DrawMarkers()
    {
        foreach (Marker marker in _chart.Markers)
        {
            double x = _x.At(marker.X);
            if (x < Left - 1 || x > Right + 1)
                continue;
            string anchor = x > (Left + Right) / 2 ? "end" : "start";
            _frame.Add($"<g><title>{ChartFrame.Escape(marker.Text)}</title><line class=\"marker\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{Top - 4}\" y2=\"{Bottom}\"/>");
            _frame.Add($"<text class=\"marked\" x=\"{x:0.0}\" y=\"{Top - 8}\" text-anchor=\"{anchor}\">{ChartFrame.Escape(Short(marker.Text))}</text></g>");
        }
    }

    private void DrawLine(Series series, string style)
    {
        var stretch = new List<(double X, double Y)>();
        foreach ((double x, double y) in series.Points.Append((0, double.NaN)))
        {
            if (_y.IsInside(y))
            {
                stretch.Add((_x.At(x), _y.At(y)));
                continue;
            }

            if (stretch.Count > 0)
                DrawStretch(series.Name, style, stretch);
            stretch.Clear();
        }
    }

    private void DrawStretch(string name, string style, List<(double X, double Y)> stretch)
    {
        // A single point is a line of no length, which round ends make a dot.
        if (stretch is [(double x, double y)])
            stretch.Add((x + 0.01, y));
        _frame.Add($"<polyline class=\"{style}\" points=\"{ChartFrame.Path(Thinning.Thin(stretch))}\"><title>{ChartFrame.Escape(name)}</title></polyline>");
    }

    private void DrawLabels()
    {
        (Series Series, int Colour)[] labelled = [.. _highlighted.Select((series, i) => (series, i)).Where(entry => _y.IsInside(entry.series.Last))];
        double[] wanted = [.. labelled.Select(entry => _y.At(entry.Series.Last))];
        double[] places = LabelStack.Place(wanted, LabelHeight, Top, _others.Length > 0 ? Bottom - LabelHeight : Bottom);
        for (int i = 0; i < labelled.Length; i++)
        {
            (Series series, int colour) = labelled[i];
            _frame.Add($"<path class=\"lead c{colour}\" d=\"M{Right + 2} {wanted[i]:0.0} L{Right + 12} {places[i]:0.0}\"/>");
            _frame.Add($"<text class=\"label d{colour}\" x=\"{Right + 15}\" y=\"{places[i] + 4:0.0}\">{ChartFrame.Escape(series.Name)} {Value(series.Last)}</text>");
        }

        if (_others.Length > 0)
            _frame.Add($"<text x=\"{Right + 15}\" y=\"{Bottom + 4}\">{_others.Length} others in grey</text>");
    }

    private static string Value(double value) => Axis.Print(Math.Abs(value) >= 1000 ? Math.Round(value, 0) : double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Short(string text) => text.Split(':', 2)[0];
}
