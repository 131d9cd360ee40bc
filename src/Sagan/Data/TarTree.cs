using System.Formats.Tar;
using System.IO.Compression;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>A tar archive, perhaps compressed. It is listed once, with all picture headers, and walked in one pass each time.</summary>
internal sealed class TarTree : FileTree
{
    private readonly bool _compressed;
    private readonly List<StoredFile> _files = [];
    private readonly List<ImageHeader?> _headers = [];

    public TarTree(string path, bool compressed)
        : base(path)
    {
        _compressed = compressed;
        foreach ((TarEntry entry, string name) in Walk())
        {
            _files.Add(new StoredFile(name, entry.Length));
            _headers.Add(ProbeEntry(entry, name));
        }
    }

    public override IReadOnlyList<StoredFile> Files => _files;

    public override IEnumerable<LoadableFile> Read(IReadOnlySet<int> wanted)
    {
        int index = 0;
        int left = wanted.Count;
        foreach ((TarEntry entry, string name) in Walk())
        {
            if (left == 0)
                yield break;
            int current = index++;
            if (!wanted.Contains(current))
                continue;

            // The stream moves on, so the bytes are taken now.
            var content = FileContent.Of(BytesOf(entry, name, entry.Length));
            left--;
            yield return new LoadableFile(current, () => content);
        }
    }

    public override ImageHeader?[] ReadHeaders(IReadOnlyList<int> files) => [.. files.Select(file => _headers[file])];

    private IEnumerable<(TarEntry Entry, string Name)> Walk()
    {
        using FileStream file = File.OpenRead(FullPath);
        using Stream stream = _compressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new TarReader(stream);

        string last = "its beginning";
        while (Next(reader, last) is TarEntry entry)
        {
            string name = Normalize(entry.Name);
            last = $"'{name}'";
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && !IsHidden(name))
                yield return (entry, name);
        }
    }

    private TarEntry? Next(TarReader reader, string last)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw Damaged($"after {last}", damage);
        }
    }

    private ImageHeader? ProbeEntry(TarEntry entry, string name) =>
        PictureNames.IsPicture(name)
            ? ImageHeader.Probe(BytesOf(entry, name, Math.Min(entry.Length, HeaderBytes)))
            : null;

    private byte[] BytesOf(TarEntry entry, string name, long count)
    {
        byte[] bytes = new byte[count];
        try
        {
            entry.DataStream?.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw Damaged($"at '{name}'", damage);
        }
    }

    private static bool IsDamage(Exception failure) =>
        failure is InvalidDataException or EndOfStreamException or FormatException;

    private DataException Damaged(string where, Exception damage) =>
        new($"The archive '{FullPath}' is damaged {where} ({damage.Message}); fetch it again.", damage);
}
