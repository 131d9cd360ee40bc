using System.Xml.Linq;
using Sagan.Plots;

namespace Sagan.Tests.Plots;

public sealed class PointChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Points_are_joined_in_their_order_and_each_has_its_name()
    {
        XElement svg = Draw(new("T <1", 9.5, 20), new("T 2", 8, 12), new("none", double.NaN, 11));

        double[] xs = [.. ((string)svg.Element(s_svg + "polyline")!.Attribute("points")!).Split(' ').Select(point => double.Parse(point.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))];
        double[] heights = [.. svg.Elements(s_svg + "circle").Select(circle => (double)circle.Attribute("cy")!)];
        Assert.Equal(2, xs.Length);
        Assert.True(xs[0] > xs[1]);
        Assert.True(heights[0] < heights[1], "a larger value is higher up");
        Assert.Equal(["T <1", "T 2"], Labels(svg).Select(label => label.Value));
    }

    [Fact]
    public void Names_of_points_that_lie_together_do_not_lie_on_each_other()
    {
        ChartPoint[] crowd = [.. Enumerable.Range(0, 6).Select(i => new ChartPoint($"T = 1.{i}", 8 + (0.001 * i), 20))];

        XElement[] labels = [.. Labels(Draw([.. crowd, new("T = 0.1", 2, 90)]))];

        foreach (XElement one in labels)
        {
            foreach (XElement other in labels.Where(label => label != one))
            {
                double across = Math.Abs((double)one.Attribute("x")! - (double)other.Attribute("x")!), down = Math.Abs((double)one.Attribute("y")! - (double)other.Attribute("y")!);
                Assert.True(across > 40 || down > 11, $"{one.Value} and {other.Value}: {across}, {down}");
            }
        }
    }

    [Fact]
    public void A_chart_of_one_point_or_of_none_is_well_formed()
    {
        Assert.Single(Draw(new ChartPoint("T 1", 3, 3)).Elements(s_svg + "circle"));
        Assert.Empty(Draw().Elements(s_svg + "circle"));
    }

    private static XElement Draw(params ChartPoint[] points) =>
        XElement.Parse(PointChartSvg.Write(new PointChart { Title = "A & B", Subtitle = "", XName = "x", YName = "y", Points = points }));

    private static IEnumerable<XElement> Labels(XElement svg) => svg.Elements(s_svg + "text").Where(text => (string?)text.Attribute("class") == "label d0");
}
