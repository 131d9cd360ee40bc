using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>What a user gives to be scored: a network, a folder or archive of pictures, or an array of them.</summary>
internal sealed class ScoredTarget : IDisposable
{
    private readonly Generator? _generator;

    private ScoredTarget(PictureSeries pictures, Snapshot? snapshot, Generator? generator)
    {
        Pictures = pictures;
        Snapshot = snapshot;
        _generator = generator;
    }

    /// <summary>The pictures.</summary>
    internal PictureSeries Pictures { get; }

    /// <summary>The network's snapshot; null where pictures were given.</summary>
    internal Snapshot? Snapshot { get; }

    /// <summary>Whether a path is a network, of which the snapshot is read.</summary>
    internal static bool IsNetwork(string path) =>
        Directory.Exists(path) ? RunDirectory.IsRun(path) : path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Pictures of a folder, archive or array.</summary>
    internal static PictureSeries Stored(string path, string? split) =>
        path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? ArrayPictures.Open(path)
            : new StoredPictures(path, split);

    /// <summary>Pictures that are there.</summary>
    internal static ScoredTarget OfPictures(string path) => new(Stored(path, null), null, null);

    /// <summary>A network that draws.</summary>
    internal static ScoredTarget OfNetwork(string path, Snapshot snapshot, Drawing drawing, long seed, Device device, IProgress<DataProgress>? progress)
    {
        Generator generator = drawing.Load(snapshot, device, progress);
        var origin = new SampleOrigin(NetworkFile.NameOf(path))
        {
            Images = snapshot.Clock,
            Ema = snapshot.HasEma,
            BatchNorm = drawing.Standing is { } standing ? $"standing, {Drawing.StandingName(standing)}" : "running",
            Truncation = drawing.Truncation is { } truncation ? FormattableString.Invariant($"{truncation.Threshold} {truncation.ModeName}") : null,
            Seed = seed,
        };
        return new ScoredTarget(new DrawnPictures(generator, device, origin, snapshot.ClassNames, drawing.Truncation), snapshot, generator);
    }

    public void Dispose() => _generator?.Dispose();
}
