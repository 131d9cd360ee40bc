using System.Xml.Linq;
using Sagan.Plots;

namespace Sagan.Tests.Plots;

public sealed class LineChartTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_chart_is_well_formed_and_has_a_line_and_a_label_for_each_series()
    {
        XElement svg = Draw(Chart(new Series("D & <G>", [(0, 1), (10, 2)]), new Series("other", [(0, 3), (10, -1)])));

        Assert.Equal(["other", "D & <G>"], svg.Elements(s_svg + "polyline").Select(line => line.Value));
        Assert.Equal(["D & <G> 2", "other \u22121"], Labels(svg).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_many_lines_those_that_end_highest_stand_out()
    {
        Series[] many = [.. Enumerable.Range(0, 10).Select(i => new Series($"layer{i}", [(0, 1), (10, i + 1)]))];

        XElement svg = Draw(Chart(many) with { IsLogarithmic = true });

        Assert.Equal(["layer4 5", "layer5 6", "layer6 7", "layer7 8", "layer8 9", "layer9 10"], Labels(svg).Order(StringComparer.Ordinal));
        Assert.Equal(4, svg.Elements(s_svg + "polyline").Count(line => (string?)line.Attribute("class") == "other"));
        Assert.Contains("4 others in grey", svg.Elements(s_svg + "text").Select(text => text.Value));
    }

    [Fact]
    public void What_is_no_number_is_a_gap_and_so_is_zero_on_a_logarithmic_axis()
    {
        var broken = new Series("x", [(0, 1), (1, 2), (2, double.NaN), (3, 0), (4, 5), (5, 6)]);

        Assert.Equal(2, Draw(Chart(broken)).Elements(s_svg + "polyline").Count());
        Assert.Equal(2, Draw(Chart(broken) with { IsLogarithmic = true }).Elements(s_svg + "polyline").Count());
    }

    [Fact]
    public void A_long_run_is_thinned_and_keeps_its_peaks()
    {
        var series = new Series("x", [.. Enumerable.Range(0, 100_000).Select(i => ((double)i, i == 54_321 ? 9.0 : 1.0))]);

        XElement line = Draw(Chart(series)).Element(s_svg + "polyline")!;

        double[] heights = [.. ((string)line.Attribute("points")!).Split(' ').Select(point => double.Parse(point.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.InRange(heights.Length, 500, 4 * 700);
        Assert.True(heights.Min() < heights[0] - 200);
    }

    [Fact]
    public void The_numbers_beside_it_have_a_column_for_each_line_and_blanks_where_there_is_none()
    {
        string csv = ChartCsv.Write(Chart(new Series("a, b", [(0, 0.1), (10, 1e-9)]), new Series("c", [(10, 3)])));

        Assert.Equal("images,\"a, b\",c\n0,0.1,\n10,1E-09,3\n", csv);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.25, "0.25")]
    [InlineData(-2, "\u22122")]
    [InlineData(1500, "1.5k")]
    [InlineData(2e7, "20M")]
    [InlineData(5e-5, "5e\u22125")]
    public void Ticks_are_written_for_people(double value, string text)
    {
        Assert.Equal(text, Axis.Print(value));
    }

    [Theory]
    [InlineData(0.0, 3.3, false, new[] { 0.0, 1, 2, 3 })]
    [InlineData(-0.3, 0.3, false, new[] { -0.2, 0, 0.2 })]
    [InlineData(0.8, 120.0, true, new[] { 1.0, 2, 5, 10, 20, 50, 100 })]
    [InlineData(1.1, 2.1, true, new[] { 1.2, 1.4, 1.6, 1.8, 2.0 })]
    public void Ticks_are_round(double least, double most, bool isLogarithmic, double[] ticks)
    {
        var axis = new Axis([least, most], 0, 100, isLogarithmic);

        Assert.Equal(ticks, axis.Ticks(isLogarithmic ? 6 : 4).Select(tick => Math.Round(tick, 9)));
    }

    [Fact]
    public void Labels_keep_their_order_their_distance_and_inside()
    {
        double[] places = LabelStack.Place([50, 10, 52, 51, 99], height: 10, top: 0, bottom: 100);

        Assert.Equal([50.0, 10, 70, 60, 99], places);
        Assert.Equal([80.0, 90, 100], LabelStack.Place([97, 98, 99], height: 10, top: 0, bottom: 100));
    }

    private static LineChart Chart(params Series[] series) => new() { Name = "x", Title = "X", Subtitle = "of y", Series = series };

    private static XElement Draw(LineChart chart) => XElement.Parse(ChartSvg.Write(chart));

    private static IEnumerable<string> Labels(XElement svg) =>
        svg.Elements(s_svg + "text").Where(text => ((string?)text.Attribute("class"))?.StartsWith("label", StringComparison.Ordinal) == true).Select(text => text.Value);
}
