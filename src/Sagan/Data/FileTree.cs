using System.IO.Compression;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>The files of a folder or archive, whatever they mean.</summary>
internal abstract class FileTree : IDisposable
{
    /// <summary>Enough for a picture's header behind its metadata in almost every case.</summary>
    protected const int HeaderBytes = 1 << 16;

    protected FileTree(string path) => FullPath = Path.GetFullPath(path);

    /// <summary>Where the tree lies.</summary>
    public string FullPath { get; }

    /// <summary>Every file but hidden ones, in the order of storage.</summary>
    public abstract IReadOnlyList<StoredFile> Files { get; }

    /// <summary>Walks through the wanted files once, in the order of storage.</summary>
    /// <param name="wanted">Indices into <see cref="Files"/>.</param>
    /// <exception cref="DataException">The archive is damaged.</exception>
    public abstract IEnumerable<LoadableFile> Read(IReadOnlySet<int> wanted);

    /// <summary>The picture headers of some files; null where a file is no readable picture.</summary>
    public abstract ImageHeader?[] ReadHeaders(IReadOnlyList<int> files);

    /// <summary>Opens a folder, zip or tar; told apart by content.</summary>
    /// <exception cref="DataException">Nothing there, or a file of another kind.</exception>
    public static FileTree Open(string path)
    {
        if (Directory.Exists(path))
            return new FolderTree(path);
        if (!File.Exists(path))
            throw new DataException($"There is no file or folder '{path}'.");

        return ArchiveKinds.Of(path) switch
        {
            ArchiveKind.Zip => new ZipTree(path),
            ArchiveKind.Tar => new TarTree(path, compressed: false),
            ArchiveKind.CompressedTar => new TarTree(path, compressed: true),
            _ => throw new DataException(
                $"'{path}' is neither a folder nor a .zip, .tar or .tar.gz archive; unpack it or give the folder that holds it."),
        };
    }

    /// <summary>All bytes of one file, unpacked when its name ends in .gz.</summary>
    public byte[] Load(int file)
    {
        byte[] bytes = Read(new HashSet<int> { file }).Single().Take();
        return Files[file].Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unpack(bytes, file) : bytes;
    }

    /// <summary>Releases the archive.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Forward slashes, no leading "./".</summary>
    protected static string Normalize(string path)
    {
        string forward = path.Replace('\\', '/');
        while (forward.StartsWith("./", StringComparison.Ordinal))
            forward = forward[2..];
        return forward.TrimStart('/');
    }

    /// <summary>True for what operating systems leave behind: names with a leading dot, __MACOSX, Thumbs.db.</summary>
    protected static bool IsHidden(ReadOnlySpan<char> path)
    {
        foreach (Range range in path.Split('/'))
        {
            if (path[range] is ['.', ..] or "__MACOSX" or "Thumbs.db")
                return true;
        }

        return false;
    }

    private byte[] Unpack(byte[] bytes, int file)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException damage)
        {
            throw new DataException($"'{Files[file].Path}' in '{FullPath}' is damaged ({damage.Message}); fetch it again.", damage);
        }
    }
}
