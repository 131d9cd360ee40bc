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

    private ScoredTarget(PictureSeries pictures, Generator? generator)
    {
        Pictures = pictures;
        _generator = generator;
    }

    /// <summary>The pictures.</summary>
    internal PictureSeries Pictures { get; }

    /// <summary>Whether a path is a network, of which the snapshot is read.</summary>
    internal static bool IsNetwork(string path) =>
        Directory.Exists(path) ? RunDirectory.IsRun(path) : path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    /// <summary>Pictures that are there.</summary>
    internal static ScoredTarget OfPictures(string path) => new(PictureInput.Pictures(path), null);

    /// <summary>A network that draws.</summary>
    internal static ScoredTarget OfNetwork(string path, Snapshot snapshot, Drawing drawing, long seed, Device device, IProgress<DataProgress> progress)
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
        return new ScoredTarget(new DrawnPictures(generator, device, origin, snapshot.ClassNames, drawing.Truncation), generator);
    }

    public void Dispose() => _generator?.Dispose();
}
