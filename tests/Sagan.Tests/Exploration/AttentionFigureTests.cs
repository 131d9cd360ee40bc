using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Tests.Imaging;

namespace Sagan.Tests.Exploration;

public sealed class AttentionFigureTests
{
    private const int Picture = 16;
    private const int Panel = 128;
    private const int Cell = Panel / 4;

    [Fact]
    public void A_position_that_looks_at_its_mirror_lights_the_mirror()
    {
        AttentionMap map = PositionAttention.LookingAt(Mirror);
        QueryPoint[] queries = [.. new[] { 0, 6, 13 }.Select(position => QueryPoint.MiddleOf(position, 4, 4, Picture, Picture))];

        Raster figure = AttentionFigure.Compose(new AttentionSample(TestPictures.Constant(Picture, Picture, 3, 100), [map]), queries);

        foreach ((int i, QueryPoint query) in queries.Index())
        {
            int position = query.PositionIn(map, Picture, Picture);
            Assert.InRange(map.TimesEven(position), 15.9, 16);
            for (int other = 0; other < 16; other++)
                Assert.Equal((other, other == Mirror(position)), (other, IsColoured(figure, 1 + i, queries.Length + 1, other)));
        }
    }

    [Fact]
    public void A_position_that_looks_at_itself_lights_itself()
    {
        AttentionMap map = PositionAttention.LookingAt(position => position);

        Raster figure = AttentionFigure.Compose(new AttentionSample(TestPictures.Constant(Picture, Picture, 1, 100), [map]), [new QueryPoint(5, 10)]);

        // The pixel lies in column 1 and row 2 of four.
        for (int other = 0; other < 16; other++)
            Assert.Equal((other, other == 9), (other, IsColoured(figure, 1, 2, other)));
    }

    [Fact]
    public void Even_attention_has_no_colour()
    {
        var map = new AttentionMap("attention4", 4, 4, 2, 2, [.. Enumerable.Repeat(0.25f, 64)]);

        Raster figure = AttentionFigure.Compose(new AttentionSample(TestPictures.Constant(Picture, Picture, 3, 100), [map]), [new QueryPoint(0, 0)]);

        Assert.DoesNotContain(Enumerable.Range(1, 15), cell => IsColoured(figure, 1, 2, cell));
    }

    [Fact]
    public void Every_layer_has_a_row_and_every_query_a_dot_in_the_picture()
    {
        AttentionMap map = PositionAttention.LookingAt(Mirror);
        var sample = new AttentionSample(TestPictures.Constant(Picture, Picture, 3, 100), [map, map with { Layer = "generator.attention8" }]);

        Raster one = AttentionFigure.Compose(sample with { Maps = [map] }, [new QueryPoint(2, 3)]);
        Raster two = AttentionFigure.Compose(sample, [new QueryPoint(2, 3)]);

        Assert.Equal((Panel + 11 + 4), two.Height - one.Height);
        (int left, int top) = PanelCorner(one, 0, 2);
        Assert.Equal([255, 82, 62], one.Row(top + (3 * 8) + 4).Slice(3 * (left + (2 * 8) + 4), 3).ToArray());
    }

    private static int Mirror(int position) => (position / 4 * 4) + (3 - (position % 4));

    /// <summary>Whether a cell shows a colour, a little beside its middle, where a dot might lie.</summary>
    private static bool IsColoured(Raster figure, int column, int columns, int cell)
    {
        (int left, int top) = PanelCorner(figure, column, columns);
        ReadOnlySpan<byte> pixel = figure.Row(top + (cell / 4 * Cell) + (Cell / 2) + 8).Slice(3 * (left + (cell % 4 * Cell) + (Cell / 2) + 2), 3);
        return Math.Max(pixel[0], Math.Max(pixel[1], pixel[2])) - Math.Min(pixel[0], Math.Min(pixel[1], pixel[2])) > 60;
    }

    private static (int Left, int Top) PanelCorner(Raster figure, int column, int columns) =>
        (figure.Width - ((columns - column) * (Panel + 4)), figure.Height - 4 - 11 - Panel);
}
