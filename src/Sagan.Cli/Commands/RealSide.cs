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
    private readonly DatasetConfig? _config;
    private readonly string? _statistics;

    /// <param name="path">What the user gave; null: what the network was trained on.</param>
    /// <param name="split">The part that "full" means; null: train, where there are parts.</param>
    /// <param name="snapshot">The network; null where pictures are scored.</param>
    internal RealSide(string? path, string? split, Snapshot? snapshot)
    {
        if (path is null)
        {
            _config = snapshot?.Config.Dataset ?? throw new UsageException("--data is missing: name the real pictures to compare with, or a file of their statistics");
            if (split is not null)
                throw new UsageException($"--split {split}: goes with --data");
            return;
        }

        if (PictureInput.IsStatistics(path))
            _statistics = path;
        else
            _config = Config(path, split, snapshot?.Images.Resolution);
    }

    /// <param name="path">A folder, an archive or toybox.</param>
    /// <param name="split">Which part; null: train, where there are parts.</param>
    /// <param name="resolution">Side that pictures are cut and resized to; null: what suits them.</param>
    internal RealSide(string path, string? split, int? resolution) => _config = Config(path, split, resolution);

    /// <summary>Whether it is the built-in data set.</summary>
    internal bool IsToybox => _config is ToyboxConfig;

    /// <summary>The pictures themselves.</summary>
    internal PictureSeries Pictures() => new DatasetPictures(Dataset(_config!));

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
        DatasetConfig config = (part, _config) switch
        {
            (RealPart.Full, _) => _config!,
            (_, PicturesConfig pictures) => pictures with { Split = "test" },
            _ => throw new UsageException("the toybox has no test pictures; take a metric that ends in _full"),
        };
        return new PictureReference(new DatasetPictures(Dataset(config)));
    }

    private static DatasetConfig Config(string path, string? split, int? resolution) => DataCommand.IsToybox(path, split)
        ? new ToyboxConfig { Resolution = resolution ?? new ToyboxConfig().Resolution }
        : new PicturesConfig { Path = Path.GetFullPath(path), Split = split, Resolution = resolution };

    private Dataset Dataset(DatasetConfig config)
    {
        Dataset dataset = DataView.WithProgress(progress => config.Open(progress));
        _datasets.Add(dataset);
        return dataset;
    }
}
