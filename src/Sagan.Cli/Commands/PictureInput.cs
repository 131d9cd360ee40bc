using Sagan.Evaluation;
using Sagan.Metrics.Statistics;
using Sagan.Tensors.Files;

namespace Sagan.Cli.Commands;

/// <summary>Pictures, or statistics of pictures, that a user names by a path.</summary>
internal static class PictureInput
{
    private static readonly string[] s_statisticsEndings = [".pkl", ".pickle", ".pt", ".pth"];

    /// <summary>Pictures of a folder, archive or array.</summary>
    internal static PictureSeries Pictures(string path, string? split = null) => IsArray(path) ? ArrayPictures.Open(path) : new StoredPictures(path, split);

    /// <summary>Pictures, or a file of statistics.</summary>
    internal static Reference Reference(string path) => IsStatistics(path)
        ? new StatisticsReference(StatisticsFile.Read(path))
        : new PictureReference(Pictures(path));

    /// <summary>Whether a file holds statistics: a pickle, an archive of torch, or an .npz without an array of pictures.</summary>
    internal static bool IsStatistics(string path) => File.Exists(path) && (s_statisticsEndings.Contains(Path.GetExtension(path).ToLowerInvariant())
        || (path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) && NpzFile.Read(path).Values.All(array => array.Shape.Length != 4)));

    private static bool IsArray(string path) =>
        path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);
}
