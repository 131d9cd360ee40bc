using System.Globalization;
using System.Net;
using System.Text;

namespace Sagan.Plots;

/// <summary>The sheet that a chart is drawn on, as SVG: a card with its titles, and axes around the place of the figures.</summary>
/// <param name="width">Of the card, in pixels.</param>
/// <param name="height">The same.</param>
/// <param name="left">Where the figures' place begins.</param>
/// <param name="right">Where it ends.</param>
/// <param name="top">Its upper edge.</param>
/// <param name="bottom">Its lower edge.</param>
internal sealed class ChartFrame(double width, double height, double left, double right, double top, double bottom)
{
    private const int ValueTicks = 6, PositionTicks = 7;

    // Titles begin here, left of the numbers.
    private readonly double _margin = left - 42;

    private readonly StringBuilder _svg = new();

    /// <summary>An axis from left to right.</summary>
    internal Axis Across(IEnumerable<double> values, double padding = 0) => new(values, left, right, padding: padding);

    /// <summary>An axis from the bottom to the top.</summary>
    internal Axis Upwards(IEnumerable<double> values, bool isLogarithmic = false, double padding = 0) => new(values, bottom, top, isLogarithmic, padding);

    /// <summary>Begins with the card and its titles.</summary>
    internal void Begin(string title, string subtitle)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{Escape(title)}\">");
        _svg.Append("<style>").Append(ChartStyle.Css).Append("</style>\n");
        Add($"<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{width - 1}\" height=\"{height - 1}\" rx=\"8\"/>");
        Add($"<text class=\"title\" x=\"{_margin}\" y=\"30\">{Escape(title)}</text>");
        Add($"<text x=\"{_margin}\" y=\"50\">{Escape(subtitle)}</text>");
    }

    /// <summary>Lines across at round values, with their numbers; the axis below.</summary>
    internal void DrawValues(Axis axis)
    {
        foreach (double value in axis.Ticks(ValueTicks))
        {
            double y = axis.At(value);
            Add($"<line class=\"grid\" x1=\"{left}\" x2=\"{right}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\"/>");
            Add($"<text x=\"{left - 8}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{Axis.Print(value)}</text>");
        }

        Add($"<line class=\"axis\" x1=\"{left}\" x2=\"{right}\" y1=\"{bottom}\" y2=\"{bottom}\"/>");
    }

    /// <summary>Numbers at round values of the horizontal axis, and its name below them.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="name">What it shows.</param>
    /// <param name="hasGrid">Whether a line goes up from each number, instead of a short tick down to it.</param>
    internal void DrawPositions(Axis axis, string name, bool hasGrid)
    {
        (string style, double end) = hasGrid ? ("grid", top) : ("axis", bottom + 4);
        foreach (double value in axis.Ticks(PositionTicks))
        {
            double x = axis.At(value);
            Add($"<line class=\"{style}\" x1=\"{x:0.0}\" x2=\"{x:0.0}\" y1=\"{bottom}\" y2=\"{end}\"/>");
            Add($"<text x=\"{x:0.0}\" y=\"{bottom + 18}\" text-anchor=\"middle\">{Axis.Print(value)}</text>");
        }

        Add($"<text x=\"{(left + right) / 2}\" y=\"{bottom + 38}\" text-anchor=\"middle\">{Escape(name)}</text>");
    }

    /// <summary>The vertical axis, with its name above.</summary>
    internal void DrawUpright(string name)
    {
        Add($"<line class=\"axis\" x1=\"{left}\" x2=\"{left}\" y1=\"{top}\" y2=\"{bottom}\"/>");
        Add($"<text x=\"{_margin}\" y=\"{top - 16}\">{Escape(name)}</text>");
    }

    /// <summary>Adds a line of SVG.</summary>
    internal void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Ends it.</summary>
    /// <returns>The whole file.</returns>
    internal string End() => _svg.Append("</svg>\n").ToString();

    /// <summary>A text as it stands in SVG.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Places as the line through them lists them.</summary>
    internal static string Path(IEnumerable<(double X, double Y)> places) =>
        string.Join(' ', places.Select(place => FormattableString.Invariant($"{place.X:0.0},{place.Y:0.0}")));
}
