using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;

namespace Sagan.Training.Upscaling;

/// <summary>The same small pictures enlarged again and again while a generator learns: small, enlarged and real, side by side.</summary>
internal sealed class UpscalingGrid
{
    private const int Rows = 8;
    private const int PicturesInRow = 2;

    private readonly List<Raster> _reals = [];
    private readonly int _factor;

    internal UpscalingGrid(Dataset dataset, int factor)
    {
        _factor = factor;
        byte[] chw = new byte[dataset.BytesPerPicture];
        int count = Math.Min(dataset.Count, Rows * PicturesInRow);
        for (int i = 0; i < count; i++)
        {
            // Spread over the data set, which is often ordered by class.
            dataset.Read((int)((long)i * dataset.Count / count), chw);
            _reals.Add(Raster.FromPlanar(dataset.Width, dataset.Height, dataset.Channels, chw));
        }
    }

    /// <summary>Draws and writes the grid of a generator in evaluation mode.</summary>
    /// <returns>No rows: there are no classes whose pictures could be compared.</returns>
    internal IReadOnlyList<IReadOnlyList<Raster>> Write(string path, UpscalerGenerator generator, Device device, IReadOnlyDictionary<string, string> texts)
    {
        var upscaler = new PictureUpscaler(generator, device);
        var cells = new List<Raster>();
        foreach ((int i, Raster real) in _reals.Index())
        {
            Raster small = Resampling.Resize(real, real.Width / _factor, real.Height / _factor, ResizeFilter.Area);
            cells.AddRange([Resampling.Enlarge(small, _factor), upscaler.Enlarge(small, seed: i), real]);
        }

        SampleSheet.Write(path, cells, 3 * PicturesInRow, [], texts);
        return [];
    }
}
