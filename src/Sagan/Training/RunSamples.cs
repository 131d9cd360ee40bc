using System.Globalization;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training.Upscaling;

namespace Sagan.Training;

/// <summary>The grids of a run: real pictures once, and again and again what its generator makes of the same latents.</summary>
internal sealed class RunSamples
{
    private readonly RunDirectory _run;
    private readonly Device _device;
    private readonly SampleGrid _grid;
    private readonly UpscalingGrid? _upscalingGrid;          // in the grid's place where pictures are enlarged

    internal RunSamples(RunDirectory run, Dataset dataset, Generator generator, Device device)
    {
        _run = run;
        _device = device;
        _grid = new SampleGrid(generator.Images, dataset.ClassNames);
        _upscalingGrid = generator is UpscalerGenerator upscaler ? new UpscalingGrid(dataset, upscaler.Factor) : null;
        Reals = _grid.Reals(dataset);
    }

    /// <summary>The first real pictures of each class, one class a row.</summary>
    internal IReadOnlyList<IReadOnlyList<Raster>> Reals { get; }

    /// <summary>Writes the real pictures, to compare with.</summary>
    internal void WriteReals(Dataset dataset) => _grid.WriteReals(_run.RealsFile, Reals, dataset);

    /// <summary>Draws and writes what the run can draw now.</summary>
    /// <param name="networks">Left as they were.</param>
    /// <param name="images">The clock.</param>
    /// <returns>The pictures, row by row; no rows where pictures are enlarged.</returns>
    internal IReadOnlyList<IReadOnlyList<Raster>> Write(TrainedNetworks networks, long images)
    {
        string path = _run.SamplesFile(images);
        var texts = new Dictionary<string, string>
        {
            ["Software"] = "Sagan",
            ["sagan:run"] = Path.GetFileName(_run.Path),
            ["sagan:images"] = images.ToString(CultureInfo.InvariantCulture),
            ["sagan:seeds"] = _upscalingGrid is not null ? "small, enlarged, real"
                : networks.Drawing.IsConditional ? "0-9 in columns, classes in rows" : "from 0, row by row",
        };
        networks.Average?.Settle();
        Generator generator = networks.Drawing;
        using (generator.Eval())
            return _upscalingGrid?.Write(path, (UpscalerGenerator)generator, _device, texts) ?? _grid.WriteFakes(path, generator, _device, texts);
    }
}
