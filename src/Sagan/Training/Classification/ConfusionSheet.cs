using Sagan.Classifiers;
using Sagan.Imaging;

namespace Sagan.Training.Classification;

/// <summary>A confusion matrix as a picture: a row a class, in it the share of its pictures taken for each class, black to white.</summary>
public static class ConfusionSheet
{
    private const int LargestCell = 24;
    private const int LargestSide = 4096;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The PNG, replaced if there.</param>
    /// <param name="confusion">The counts.</param>
    /// <param name="classNames">Names of the rows; columns are in the same order.</param>
    public static void Write(string path, ConfusionMatrix confusion, IReadOnlyList<string> classNames)
    {
        int cell = Math.Clamp(LargestSide / confusion.Classes, 1, LargestCell);
        Raster[] cells =
        [
            .. from label in Enumerable.Range(0, confusion.Classes)
               from guess in Enumerable.Range(0, confusion.Classes)
               select Cell(cell, (double)confusion[label, guess] / Math.Max(1, confusion.CountOf(label))),
        ];

        var grid = new PictureGrid
        {
            Columns = confusion.Classes,
            Padding = cell < LargestCell ? 0 : 1,
            Background = 48,
            RowLabels = cell < LargestCell ? null : classNames,
        };
        PngFile.Write(path, grid.Compose(cells), new Dictionary<string, string> { ["Software"] = "Sagan", ["sagan:accuracy"] = $"{confusion.Accuracy:0.####}" });
    }

    private static Raster Cell(int side, double share)
    {
        var cell = new Raster(side, side, 1);
        cell.Pixels.AsSpan().Fill((byte)Math.Round(255 * share));
        return cell;
    }
}
