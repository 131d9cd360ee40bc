using System.Globalization;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>The same latents drawn again and again while a generator learns: one class a row, one seed a column.</summary>
/// <remarks>A generator without classes fills the sheet with one seed after the other.</remarks>
internal sealed class SampleGrid(ImageSpec images, IReadOnlyList<string> classNames, int columns = 10, int mostRows = 20)
{
    private int Rows => Math.Min(classNames.Count, mostRows);

    /// <summary>Draws and writes the grid of a generator in evaluation mode.</summary>
    /// <returns>Its pictures, row by row.</returns>
    internal IReadOnlyList<IReadOnlyList<Raster>> WriteFakes(string path, Generator generator, Device device, IReadOnlyDictionary<string, string> texts)
    {
        IEnumerable<SampleRequest> requests =
            from row in Enumerable.Range(0, Rows)
            from seed in Enumerable.Range(0, columns)
            select generator.IsConditional ? new SampleRequest(seed, row) : new SampleRequest((row * columns) + seed, 0);
        Raster[] pictures = [.. PictureSampler.Draw(generator, device, requests)];
        SampleSheet.Write(path, pictures, columns, generator.IsConditional ? [.. classNames.Take(Rows)] : [.. Enumerable.Repeat("", Rows)], texts);
        return [.. pictures.Chunk(columns)];
    }

    /// <summary>The first real pictures of each class, one class a row; a row is short where a class has fewer than columns.</summary>
    internal IReadOnlyList<IReadOnlyList<Raster>> Reals(Dataset dataset)
    {
        var rows = new List<Raster>[Rows];
        for (int row = 0; row < Rows; row++)
            rows[row] = [];
        byte[] chw = new byte[dataset.BytesPerPicture];
        for (int i = 0; i < dataset.Count && rows.Any(row => row.Count < columns); i++)
        {
            int label = dataset.LabelOf(i);
            if (label >= Rows || rows[label].Count == columns)
                continue;
            dataset.Read(i, chw);
            rows[label].Add(Raster.FromPlanar(images.Resolution, images.Resolution, images.Channels, chw));
        }

        return rows;
    }

    /// <summary>Writes a grid of real pictures.</summary>
    /// <param name="path">The PNG.</param>
    /// <param name="reals">One class a row; a row with fewer pictures than columns is filled up with black.</param>
    /// <param name="dataset">Named in the file.</param>
    internal void WriteReals(string path, IReadOnlyList<IReadOnlyList<Raster>> reals, Dataset dataset)
    {
        var black = new Raster(images.Resolution, images.Resolution, images.Channels);
        IEnumerable<Raster> filled = reals.SelectMany(row => row.Concat(Enumerable.Repeat(black, columns - row.Count)));
        SampleSheet.Write(path, [.. filled], columns, [.. classNames.Take(Rows)], new Dictionary<string, string>
        {
            ["Software"] = "Sagan",
            ["sagan:dataset"] = dataset.Name,
            ["sagan:fingerprint"] = dataset.Fingerprint,
            ["sagan:count"] = dataset.Count.ToString(CultureInfo.InvariantCulture),
        });
    }
}
