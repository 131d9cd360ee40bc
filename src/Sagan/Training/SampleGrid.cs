using System.Globalization;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>The same latents drawn again and again while a generator learns: one class a row, one seed a column.</summary>
internal sealed class SampleGrid(ImageSpec images, IReadOnlyList<string> classNames, int columns = 10, int mostRows = 20)
{
    private int Rows => Math.Min(classNames.Count, mostRows);

    /// <summary>Draws and writes the grid of a generator in evaluation mode.</summary>
    internal void WriteFakes(string path, Generator generator, Device device, IReadOnlyDictionary<string, string> texts)
    {
        using Scope scope = Scope.Open();
        IEnumerable<SampleRequest> requests = Enumerable.Range(0, Rows).SelectMany(row => Enumerable.Range(0, columns).Select(seed => new SampleRequest(seed, row)));
        SampleSheet.Write(path, [.. PictureSampler.Draw(generator, device, requests)], columns, [.. classNames.Take(Rows)], texts);
    }

    /// <summary>Writes a grid of real pictures, the first of each class.</summary>
    internal void WriteReals(string path, Dataset dataset)
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

        // A class with fewer pictures than columns is filled up with black.
        foreach (List<Raster> row in rows)
        {
            while (row.Count < columns)
                row.Add(new Raster(images.Resolution, images.Resolution, images.Channels));
        }

        SampleSheet.Write(path, [.. rows.SelectMany(row => row)], columns, [.. classNames.Take(Rows)], new Dictionary<string, string>
        {
            ["Software"] = "Sagan",
            ["sagan:dataset"] = dataset.Name,
            ["sagan:fingerprint"] = dataset.Fingerprint,
            ["sagan:count"] = dataset.Count.ToString(CultureInfo.InvariantCulture),
        });
    }
}
