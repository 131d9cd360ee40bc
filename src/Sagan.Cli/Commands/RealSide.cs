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
    private static readonly string[] s_statisticsEndings = [".npz", ".pkl", ".pickle", ".pt", ".pth"];

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

        if (File.Exists(path) && s_statisticsEndings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            _statistics = path;
        else if (DataCommand.IsToybox(path, split))
            _config = new ToyboxConfig { Resolution = snapshot?.Images.Resolution ?? new ToyboxConfig().Resolution };
        else
            _config = new PicturesConfig { Path = Path.GetFullPath(path), Split = split, Resolution = snapshot?.Images.Resolution };
    }

    /// <summary>Whether it is the built-in data set.</summary>
    internal bool IsToybox => _config is ToyboxConfig;

    /// <summary>The pictures themselves, all of them.</summary>
    internal Dataset Pictures() =>
        Open(_config ?? throw new UsageException($"--data {_statistics}: these are statistics, and pictures are wanted"));

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
        return new PictureReference(new DatasetPictures(Open(config)));
    }

    private Dataset Open(DatasetConfig config)
    {
        Dataset dataset = DataView.WithProgress(progress => config.Open(progress));
        _datasets.Add(dataset);
        return dataset;
    }
}
