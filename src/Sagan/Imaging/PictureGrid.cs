namespace Sagan.Imaging;

/// <summary>Lays equal pictures out in rows and columns, for a person to look at.</summary>
public sealed class PictureGrid
{
    private const int LabelMargin = 3;

    /// <summary>Pictures in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>Pixels between pictures and around them. Default: none, so that the grid can be cut up again.</summary>
    public int Padding { get; init; }

    /// <summary>Brightness of everything that is not a picture, 0 to 255.</summary>
    public byte Background { get; init; }

    /// <summary>A text to the left of each row, such as its class name; null draws none.</summary>
    public IReadOnlyList<string>? RowLabels { get; init; }

    /// <summary>A text above each column, cut off where the column ends; null draws none.</summary>
    public IReadOnlyList<string>? ColumnLabels { get; init; }

    /// <summary>Composes the pictures row by row; places without a picture stay background.</summary>
    /// <param name="pictures">At least one; all of the same size and number of channels.</param>
    /// <exception cref="ImageException">No picture, or pictures that differ in size or channels.</exception>
    public Raster Compose(IReadOnlyList<Raster> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(Columns, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Padding);
        Raster first = pictures.Count > 0 ? pictures[0] : throw new ImageException("A grid needs at least one picture.");

        int rows = (pictures.Count + Columns - 1) / Columns;
        int labelWidth = LabelWidth();
        int cellWidth = first.Width + Padding;
        int cellHeight = first.Height + Padding;
        var grid = new Raster(labelWidth + Padding + (Columns * cellWidth), HeaderHeight + Padding + (rows * cellHeight), first.Channels);
        grid.Pixels.AsSpan().Fill(Background);

        for (int i = 0; i < pictures.Count; i++)
        {
            RequireEqual(first, pictures[i], i);
            Paste(grid, pictures[i], labelWidth + Padding + (i % Columns * cellWidth), HeaderHeight + Padding + (i / Columns * cellHeight));
        }

        DrawRowLabels(grid, rows, cellHeight, first.Height);
        DrawColumnLabels(grid, labelWidth, cellWidth, first.Width);
        return grid;
    }

    private int HeaderHeight => ColumnLabels is { Count: > 0 } ? PixelFont.GlyphHeight + (2 * LabelMargin) : 0;

    private byte Ink => Background < 128 ? (byte)255 : (byte)0;

    private int LabelWidth() =>
        RowLabels is { Count: > 0 } labels ? labels.Max(PixelFont.WidthOf) + (2 * LabelMargin) : 0;

    private static void RequireEqual(Raster first, Raster picture, int index)
    {
        if (picture.Width != first.Width || picture.Height != first.Height || picture.Channels != first.Channels)
        {
            throw new ImageException(
                $"Picture {index} of a grid is {picture.Width}x{picture.Height}x{picture.Channels}, " +
                $"the first is {first.Width}x{first.Height}x{first.Channels}; resize them to one size.");
        }
    }

    private static void Paste(Raster grid, Raster picture, int left, int top)
    {
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(grid.Row(top + y)[(left * grid.Channels)..]);
    }

    private void DrawRowLabels(Raster grid, int rows, int cellHeight, int pictureHeight)
    {
        for (int row = 0; RowLabels is not null && row < Math.Min(rows, RowLabels.Count); row++)
        {
            int top = HeaderHeight + Padding + (row * cellHeight) + ((pictureHeight - PixelFont.GlyphHeight) / 2);
            PixelFont.Draw(grid, LabelMargin, top, RowLabels[row], Ink);
        }
    }

    private void DrawColumnLabels(Raster grid, int labelWidth, int cellWidth, int pictureWidth)
    {
        for (int column = 0; ColumnLabels is not null && column < Math.Min(Columns, ColumnLabels.Count); column++)
        {
            string label = ColumnLabels[column];
            string shown = label[..Math.Min(label.Length, (pictureWidth + 1) / PixelFont.Advance)];
            int left = labelWidth + Padding + (column * cellWidth) + ((pictureWidth - PixelFont.WidthOf(shown)) / 2);
            PixelFont.Draw(grid, left, LabelMargin, shown, Ink);
        }
    }
}
