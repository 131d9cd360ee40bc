using Sagan.Imaging;

namespace Sagan.Runs;

/// <summary>A grid of pictures, one class a row, written as a PNG that tells what made it.</summary>
public static class SampleSheet
{
    private const int SmallestCell = 64;

    /// <summary>Composes and writes the sheet; small pictures are enlarged by whole pixels so that people can see them.</summary>
    /// <param name="path">The PNG, replaced if there.</param>
    /// <param name="pictures">Row by row.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="rowLabels">Names of the rows.</param>
    /// <param name="texts">Text chunks of the PNG.</param>
    /// <param name="columnLabels">Names of the columns; null: none.</param>
    public static void Write(
        string path, IReadOnlyList<Raster> pictures, int columns, IReadOnlyList<string> rowLabels, IReadOnlyDictionary<string, string> texts,
        IReadOnlyList<string>? columnLabels = null)
    {
        int factor = Math.Max(1, (SmallestCell + pictures[0].Width - 1) / pictures[0].Width);
        var grid = new PictureGrid { Columns = columns, Padding = 2, Background = 24, RowLabels = rowLabels, ColumnLabels = columnLabels };
        Raster sheet = grid.Compose([.. pictures.Select(picture => Resampling.Enlarge(picture, factor))]);
        PngFile.Write(path, sheet, texts);
    }
}
