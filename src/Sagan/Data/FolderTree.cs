using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>A folder on disk with everything below it.</summary>
internal sealed class FolderTree : FileTree
{
    private readonly List<ListedFile> _files;

    /// <summary>Lists the folder, once.</summary>
    public FolderTree(string path)
        : base(path)
    {
        // A task for each folder below, as a rule a class: to ask the system for every file's size and time takes long.
        var single = new EnumerationOptions { AttributesToSkip = 0 };
        Task<List<ListedFile>>[] below = [.. Directory.EnumerateDirectories(FullPath, "*", single).Select(folder => Task.Run(() => List(folder, recurse: true)))];

        _files = List(FullPath, recurse: false);
        foreach (Task<List<ListedFile>> task in below)
            _files.AddRange(task.GetAwaiter().GetResult());

        // File systems list in any order.
        _files.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
    }

    public override IReadOnlyList<StoredFile> Files => _files;

    /// <summary>Stands for the content of all files by their sizes and times of change: to read it would cost as much as to decode it.</summary>
    public string Identity()
    {
        IEnumerable<string> lines = _files.Select(file => $"{file.Path}|{file.Length}|{file.Changed.Ticks}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    public override IEnumerable<LoadableFile> Read(IReadOnlySet<int> wanted)
    {
        for (int i = 0; i < _files.Count; i++)
        {
            if (!wanted.Contains(i))
                continue;
            string path = PathOf(i);
            yield return new LoadableFile(i, () => FileContent.Read(path));
        }
    }

    public override ImageHeader?[] ReadHeaders(IReadOnlyList<int> files)
    {
        var headers = new ImageHeader?[files.Count];
        Parallel.For(0, files.Count, i => headers[i] = ReadHeader(PathOf(files[i])));
        return headers;
    }

    // Every file but hidden ones, in any order.
    private List<ListedFile> List(string folder, bool recurse)
    {
        int root = Path.EndsInDirectorySeparator(FullPath) ? FullPath.Length : FullPath.Length + 1;
        var options = new EnumerationOptions { RecurseSubdirectories = recurse, AttributesToSkip = 0 };
        var files = new FileSystemEnumerable<ListedFile>(
            folder,
            (ref FileSystemEntry entry) => new ListedFile(Normalize(entry.ToFullPath()[root..]), entry.Length, entry.LastWriteTimeUtc.UtcDateTime),
            options)
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        };
        return [.. files.Where(file => !IsHidden(file.Path))];
    }

    private string PathOf(int index) => Path.Combine(FullPath, _files[index].Path);

    private static ImageHeader? ReadHeader(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] beginning = new byte[Math.Min(HeaderBytes, file.Length)];
            file.ReadExactly(beginning);
            return ImageHeader.Probe(beginning) ?? (file.Length > HeaderBytes ? ImageHeader.Probe(File.ReadAllBytes(path)) : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Decoding meets the same failure and reports it with the reason.
            return null;
        }
    }

    private sealed record ListedFile(string Path, long Length, DateTime Changed) : StoredFile(Path, Length);
}
