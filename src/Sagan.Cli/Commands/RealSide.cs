using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Metrics.Statistics;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>The real side of a score, as users name it: data, or a file of statistics. Opens each part once, when it is asked for.</summary>
internal sealed class RealSide : IDisposable
{
    private readonly Dictionary<RealPart, Reference> _parts = [];
    private readonly List<Dataset> _datasets = [];
    private readonly string? _statistics;

    /// <param name="path">What the user gave; null: what the network was trained on.</param>
    /// <param name="split">The part that "full" means; null: train, where there are parts.</param>
    /// <param name="snapshot">The network; null where pictures are scored.</param>
    internal RealSide(string? path, string? split, Snapshot? snapshot)
    {
        if (path is null)
        {
            Data = snapshot?.Config.Dataset ?? throw new UsageException("--data is missing: name the real pictures to compare with, or a file of their statistics");
            if (split is not null)
                throw new UsageException($"--split {split}: goes with --data");
            return;
        }

        if (PictureInput.IsStatistics(path))
            _statistics = path;
        else
            Data = DataCommand.Config(path, split, snapshot?.Images.Resolution);
    }

    /// <param name="path">A folder, an archive or toybox.</param>
    /// <param name="split">Which part; null: train, where there are parts.</param>
    /// <param name="resolution">Side that pictures are cut and resized to; null: what suits them.</param>
    internal RealSide(string path, string? split, int? resolution) => Data = DataCommand.Config(path, split, resolution);

    /// <summary>The data set; null for a file of statistics.</summary>
    internal DatasetConfig? Data { get; }

    /// <summary>The pictures themselves, all of them.</summary>
    internal Dataset Pictures() =>
        Open(Data ?? throw new UsageException($"--data {_statistics}: these are statistics, and pictures are wanted"));

    /// <summary>A part.</summary>
    internal Reference Of(RealPart part) => _parts.TryGetValue(part, out Reference? known) ? known : _parts[part] = Open(part);

    public void Dispose()
    {
        foreach (Dataset dataset in _datasets)
            dataset.Dispose();
    }

    private Reference Open(RealPart part)
    {
        if (_statistics is not null)
            return new StatisticsReference(StatisticsFile.Read(_statistics));
        DatasetConfig config = (part, Data) switch
        {
            (RealPart.Full, _) => Data!,
            (_, PicturesConfig pictures) => pictures with { Split = "test" },
            _ => throw new UsageException("the toybox has no test pictures; take a metric that ends in _full"),
        };
        return new PictureReference(new DatasetPictures(Open(config)));
    }

    private Dataset Open(DatasetConfig config)
    {
        Dataset dataset = DataView.WithProgress(progress => config.Open(progress));
        _datasets.Add(dataset);
        return dataset;
    }
}
