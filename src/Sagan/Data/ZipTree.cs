using System.IO.Compression;
using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>A zip archive. Entries are unpacked on the walking thread, because an archive has one read position.</summary>
internal sealed class ZipTree : FileTree
{
    private readonly ZipArchive _archive;
    private readonly List<ZipArchiveEntry> _entries;
    private readonly List<StoredFile> _files;

    public ZipTree(string path)
        : base(path)
    {
        try
        {
            _archive = ZipFile.OpenRead(path);
            _entries = [.. _archive.Entries.Where(entry => entry.Name.Length > 0 && !IsHidden(Normalize(entry.FullName)))];
            _files = [.. _entries.Select(entry => new StoredFile(Normalize(entry.FullName), entry.Length))];
        }
        catch (InvalidDataException damage)
        {
            _archive?.Dispose();
            throw Damaged(damage);
        }
    }

    public override IReadOnlyList<StoredFile> Files => _files;

    public override IEnumerable<LoadableFile> Read(IReadOnlySet<int> wanted)
    {
        foreach (int index in wanted.Order())
        {
            var content = FileContent.Of(Beginning(index, _entries[index].Length));
            yield return new LoadableFile(index, () => content);
        }
    }

    public override ImageHeader?[] ReadHeaders(IReadOnlyList<int> files)
    {
        var headers = new ImageHeader?[files.Count];
        for (int i = 0; i < headers.Length; i++)
        {
            long length = _entries[files[i]].Length;
            headers[i] = ImageHeader.Probe(Beginning(files[i], HeaderBytes));
            if (headers[i] is null && length > HeaderBytes)
                headers[i] = ImageHeader.Probe(Beginning(files[i], length));
        }

        return headers;
    }

    public override void Dispose()
    {
        _archive.Dispose();
        base.Dispose();
    }

    private byte[] Beginning(int index, long count)
    {
        try
        {
            byte[] bytes = new byte[Math.Min(count, _entries[index].Length)];
            using Stream stream = _entries[index].Open();
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(damage);
        }
    }

    private DataException Damaged(Exception damage) =>
        new($"The archive '{FullPath}' is damaged ({damage.Message}); fetch it again.", damage);
}
