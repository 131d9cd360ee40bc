using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>A folder on disk with everything below it.</summary>
internal sealed class FolderTree : FileTree
{
    private readonly List<StoredFile> _files;

    public FolderTree(string path)
        : base(path)
    {
        // Sorted, because file systems list in any order.
        _files = [.. List(FullPath).Select(found => found.File).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    public override IReadOnlyList<StoredFile> Files => _files;

    /// <summary>Every file below a folder but hidden ones, with its time of last change, in any order.</summary>
    public static IEnumerable<(StoredFile File, DateTime Changed)> List(string folder)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*", everything))
        {
            string path = Normalize(Path.GetRelativePath(folder, file.FullName));
            if (!IsHidden(path))
                yield return (new StoredFile(path, file.Length), file.LastWriteTimeUtc);
        }
    }

    public override IEnumerable<LoadableFile> Read(IReadOnlySet<int> wanted) =>
        wanted.Order().Select(index => new LoadableFile(index, () => FileContent.Read(PathOf(index))));

    public override ImageHeader?[] ReadHeaders(IReadOnlyList<int> files)
    {
        var headers = new ImageHeader?[files.Count];
        Parallel.For(0, files.Count, i => headers[i] = ReadHeader(PathOf(files[i])));
        return headers;
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
}
