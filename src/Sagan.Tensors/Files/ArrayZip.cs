using System.IO.Compression;

namespace Sagan.Tensors.Files;

/// <summary>
/// A zip archive from an untrusted hand: no entry is given more memory than the file could really hold, and every
/// failure is an <see cref="ArrayFileException"/>.
/// </summary>
internal sealed class ArrayZip : IDisposable
{
    /// <summary>Deflate's best case: 258 bytes for two bits, rounded up.</summary>
    private const long LargestExpansion = 1032;

    /// <summary>What all compressed entries may expand to together: so many times the file, and something for small files of zeros.</summary>
    private const long UsualExpansion = 16;
    private const long FreeExpansion = 64 << 20;

    private readonly string _path;
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = [];
    private long _expansion;

    private ArrayZip(string path, ZipFileStream stream)
    {
        _path = path;
        _archive = new ZipArchive(stream, ZipArchiveMode.Read);

        FileLength = stream.Length;
        _expansion = FreeExpansion + UsualExpansion * FileLength;
        long room = FileLength;
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            if (!_entries.TryAdd(entry.FullName, entry))
                throw Place(entry.FullName).Wrong("the archive has two entries of this name");

            // Entries that share their bytes would multiply what the file holds.
            room -= entry.CompressedLength;
            if (entry.CompressedLength < 0 || room < 0)
                throw Place(entry.FullName).Wrong("the archive's entries claim more bytes than the file has");
        }

        stream.AllowContent();
    }

    /// <summary>The size of the whole file in bytes.</summary>
    internal long FileLength { get; }

    /// <summary>Names of the entries, in the archive's order.</summary>
    internal IEnumerable<string> Names => _archive.Entries.Select(entry => entry.FullName);

    /// <summary>Opens an archive.</summary>
    /// <exception cref="ArrayFileException">It is not a zip archive or its directory is damaged.</exception>
    internal static ArrayZip Open(string path)
    {
        var stream = new ZipFileStream(path);
        try
        {
            return Guard(new FilePlace(path, "zip archive"), "damaged, or no zip archive", () => new ArrayZip(path, stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    internal bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>What an entry takes in the file; unlike its length, this is known to be true.</summary>
    internal long StoredLength(string name) => _entries[name].CompressedLength;

    /// <summary>The size of an entry as it claims to be read.</summary>
    internal long Length(string name) => _entries[name].Length;

    /// <summary>Reads an entry, stored or compressed, and checks its checksum.</summary>
    internal byte[] Read(string name)
    {
        _expansion -= _entries[name].Length;
        if (_expansion < 0)
            throw Place(name).Wrong($"expands to {_entries[name].Length} bytes, with what was read before more than {UsualExpansion} times the file; store it uncompressed");

        byte[] content = ReadUnchecked(name);
        if (Crc32.Of(content) != _entries[name].Crc32)
            throw Place(name).Wrong("damaged: the checksum does not fit the content");

        return content;
    }

    /// <summary>Reads an entry that must be stored uncompressed, without its checksum, which torch.save may leave out.</summary>
    internal byte[] ReadStored(string name)
    {
        if (_entries[name].CompressedLength != _entries[name].Length)
            throw Place(name).Wrong("the entry is compressed, which torch.save never does");

        return ReadUnchecked(name);
    }

    internal FilePlace Place(string name) => new(_path, $"entry '{name}'");

    public void Dispose() => _archive.Dispose();

    private byte[] ReadUnchecked(string name)
    {
        ZipArchiveEntry entry = _entries[name];
        if (entry.Length < 0 || entry.Length / LargestExpansion > entry.CompressedLength)
            throw Place(name).Wrong($"claims {entry.Length} bytes from {entry.CompressedLength} compressed ones, which is impossible");
        if (entry.Length > Array.MaxLength)
            throw Place(name).Wrong($"{entry.Length} bytes are more than one array can hold (2 GiB)");

        return Guard(Place(name), "damaged", () =>
        {
            using Stream stream = entry.Open();
            var content = new byte[entry.Length];
            stream.ReadExactly(content);
            return content;
        });
    }

    private static T Guard<T>(FilePlace place, string problem, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw place.Wrong($"{problem}: {error.Message}", error);
        }
    }
}
