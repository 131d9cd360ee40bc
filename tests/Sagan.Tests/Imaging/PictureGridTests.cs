using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

public sealed class PictureGridTests
{
    [Fact]
    public void Pictures_fill_the_rows_from_the_left()
    {
        Raster[] pictures = [.. Enumerable.Range(1, 3).Select(i => TestPictures.Constant(2, 1, 1, (byte)i))];

        Raster grid = new PictureGrid { Columns = 2 }.Compose(pictures);

        Assert.Equal((4, 2), (grid.Width, grid.Height));
        Assert.Equal([1, 1, 2, 2, 3, 3, 0, 0], grid.Pixels);
    }

    [Fact]
    public void Padding_surrounds_every_picture()
    {
        Raster[] pictures = [TestPictures.Constant(1, 1, 1, 1), TestPictures.Constant(1, 1, 1, 2)];

        Raster grid = new PictureGrid { Columns = 2, Padding = 1, Background = 9 }.Compose(pictures);

        Assert.Equal([9, 9, 9, 9, 9, 9, 1, 9, 2, 9, 9, 9, 9, 9, 9], grid.Pixels);
    }

    [Fact]
    public void A_row_label_is_drawn_beside_its_row()
    {
        Raster[] pictures = [TestPictures.Constant(9, 9, 1, 50), TestPictures.Constant(9, 9, 1, 60)];

        Raster grid = new PictureGrid { Columns = 1, RowLabels = ["", "L"] }.Compose(pictures);

        // An L of 5x7 pixels: seven down, four more to the right; 3 pixels of margin on both sides.
        Assert.Equal(5 + 6 + 9, grid.Width);
        Assert.Equal(11, grid.Pixels.Count(p => p == 255));
        Assert.All(Enumerable.Range(0, 7), y => Assert.Equal(255, grid.Row(9 + 1 + y)[3]));
        Assert.All(Enumerable.Range(0, 5), x => Assert.Equal(255, grid.Row(9 + 1 + 6)[3 + x]));
    }

    [Fact]
    public void A_column_label_is_drawn_above_its_column_and_cut_off_at_its_end()
    {
        Raster[] pictures = [TestPictures.Constant(11, 5, 1, 50), TestPictures.Constant(11, 5, 1, 60)];

        Raster grid = new PictureGrid { Columns = 2, Padding = 1, ColumnLabels = ["", "LLLL"] }.Compose(pictures);

        // Two of four letters fit: 11 pixels each; 3 pixels of margin above and below the letters.
        Assert.Equal((25, 7 + 6 + 7), (grid.Width, grid.Height));
        Assert.Equal(2 * 11, grid.Pixels.Count(p => p == 255));
        Assert.All(Enumerable.Range(0, 7), y => Assert.Equal((255, 255), (grid.Row(3 + y)[13], grid.Row(3 + y)[19])));
        Assert.Equal(50, grid.Row(14)[1]);
    }

    [Fact]
    public void Pictures_of_different_sizes_are_refused()
    {
        Raster[] pictures = [new Raster(2, 2, 1), new Raster(3, 2, 1)];

        ImageException error = Assert.Throws<ImageException>(() => new PictureGrid { Columns = 2 }.Compose(pictures));

        Assert.Contains("3x2x1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Printable_characters_are_all_drawn_differently()
    {
        var seen = new HashSet<string>();

        for (char c = ' '; c <= '~'; c++)
        {
            var cell = new Raster(PixelFont.GlyphWidth, PixelFont.GlyphHeight, 1);
            PixelFont.Draw(cell, 0, 0, c.ToString(), 255);
            Assert.True(seen.Add(Convert.ToHexString(cell.Pixels)), $"'{c}' looks like another character.");
        }
    }
}
