using System.CommandLine;
using Sagan.Runs;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>The trained network that a command works with.</summary>
internal static class NetworkFile
{
    internal static Argument<string> Argument() => new("network")
    {
        Description = "A snapshot file, or a run directory, of which the newest snapshot is taken.",
    };

    /// <summary>Reads what a snapshot is; the weights stay on disk.</summary>
    internal static Snapshot Open(string path)
    {
        return Snapshot.Open(FileOf(path));
    }

    /// <summary>What a person would call it: the run directory's name, or the file's.</summary>
    internal static string NameOf(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full) ? Path.GetFileName(full) : Path.GetFileNameWithoutExtension(full);
    }
    private static string FileOf(string path)
    {
        if (Directory.Exists(path))
            return RunDirectory.Open(path).NewestSnapshot();
        return File.Exists(path) ? path : throw new RunException($"{path}: there is no such snapshot file or run directory");
    }
}
