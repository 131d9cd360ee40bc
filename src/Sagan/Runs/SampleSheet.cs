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
    public static void Write(
        string path, IReadOnlyList<Raster> pictures, int columns, IReadOnlyList<string> rowLabels, IReadOnlyDictionary<string, string> texts)
    {
        int factor = Math.Max(1, (SmallestCell + pictures[0].Width - 1) / pictures[0].Width);
        var grid = new PictureGrid { Columns = columns, Padding = 2, Background = 24, RowLabels = rowLabels };
        Raster sheet = grid.Compose([.. pictures.Select(picture => Enlarge(picture, factor))]);
        PngFile.Write(path, sheet, texts);
    }

    private static Raster Enlarge(Raster picture, int factor)
    {
        if (factor == 1)
            return picture;
        var large = new Raster(picture.Width * factor, picture.Height * factor, picture.Channels);
        for (int y = 0; y < large.Height; y++)
        {
            ReadOnlySpan<byte> source = picture.Row(y / factor);
            Span<byte> target = large.Row(y);
            for (int x = 0; x < large.Width; x++)
                source.Slice(x / factor * picture.Channels, picture.Channels).CopyTo(target[(x * picture.Channels)..]);
        }

        return large;
    }
}
