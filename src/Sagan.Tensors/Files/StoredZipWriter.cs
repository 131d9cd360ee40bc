using System.Text;

namespace Sagan.Tensors.Files;

/// <summary>
/// Writes zip archives whose entries are stored, not compressed, and begin at multiples of 64 bytes, so that a reader can
/// map them (PKWARE's APPNOTE.TXT 6.3.3; .NET's own writer cannot align).
/// </summary>
/// <remarks>All sizes and offsets are written in zip64's fields, as torch writes them: what small files test is what large ones use.</remarks>
internal sealed class StoredZipWriter : IDisposable
{
    /// <summary>torch.save aligns its storages to as much.</summary>
    private const int Alignment = 64;

    /// <summary>Version 4.5 of the specification, the first with zip64.</summary>
    private const ushort Version = 45;

    /// <summary>Names are UTF-8.</summary>
    private const ushort Flags = 1 << 11;

    /// <summary>The first of January 1980, zip's earliest date, so that equal content gives equal bytes.</summary>
    private const ushort NoDate = (1 << 5) | 1;

    private const ushort Zip64Field = 1;

    /// <summary>An extra field that readers skip; torch pads with one of this name.</summary>
    private const ushort PaddingField = 0x4246;

    private const int FieldHeader = 4;
    private const int LocalHeader = 30;
    private const int LocalChecksumAt = 14;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly BinaryWriter _writer;
    private readonly List<Entry> _entries = [];

    internal StoredZipWriter(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        _writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
    }

    /// <summary>Writes an entry.</summary>
    /// <param name="name">Its name, with the folder.</param>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="write">Writes that many bytes.</param>
    /// <exception cref="ArrayFileException">It wrote another number of bytes.</exception>
    internal void Add(string name, long length, Action<Stream> write)
    {
        long header = _stream.Position;
        WriteLocalHeader(name, length);

        long start = _stream.Position;
        write(_stream);
        if (_stream.Position - start != length)
            throw new ArrayFileException(_path, $"entry '{name}'", $"wrote {_stream.Position - start} bytes where {length} were announced");

        // The checksum stands before the content that it is of.
        uint checksum = ReadChecksum(start);
        _stream.Position = header + LocalChecksumAt;
        _writer.Write(checksum);
        _stream.Position = start + length;
        _entries.Add(new Entry(name, length, checksum, header));
    }

    /// <summary>Writes the directory; nothing may be added afterwards.</summary>
    internal void Finish()
    {
        long start = _stream.Position;
        _entries.ForEach(WriteDirectoryEntry);
        WriteEnd(start, _stream.Position - start);
    }

    /// <summary>Leaves the stream open.</summary>
    public void Dispose() => _writer.Dispose();

    private void WriteLocalHeader(string name, long length)
    {
        const ushort Sizes = 2 * sizeof(long);

        byte[] text = Encoding.UTF8.GetBytes(name);
        long unpadded = _stream.Position + LocalHeader + text.Length + FieldHeader + Sizes + FieldHeader;
        int padding = (int)(-unpadded & (Alignment - 1));

        _writer.Write("PK\x03\x04"u8);
        WriteDescription(checksum: 0, text.Length, FieldHeader + Sizes + FieldHeader + padding);
        _writer.Write(text);
        _writer.Write(Zip64Field);
        _writer.Write(Sizes);
        _writer.Write(length);
        _writer.Write(length);
        _writer.Write(PaddingField);
        _writer.Write((ushort)padding);
        _writer.Write(new byte[padding]);
    }

    /// <summary>The part that an entry's header and its line in the directory have in common.</summary>
    private void WriteDescription(uint checksum, int nameLength, int extraLength)
    {
        const ushort Stored = 0;
        const ushort NoTime = 0;

        _writer.Write(Version);
        _writer.Write(Flags);
        _writer.Write(Stored);
        _writer.Write(NoTime);
        _writer.Write(NoDate);
        _writer.Write(checksum);
        _writer.Write(uint.MaxValue);
        _writer.Write(uint.MaxValue);
        _writer.Write((ushort)nameLength);
        _writer.Write((ushort)extraLength);
    }

    private uint ReadChecksum(long start)
    {
        var buffer = new byte[1 << 16];
        var checksum = new Crc32();
        _stream.Position = start;
        for (int read = _stream.Read(buffer); read > 0; read = _stream.Read(buffer))
            checksum.Append(buffer.AsSpan(0, read));

        return checksum.Value;
    }

    private void WriteDirectoryEntry(Entry entry)
    {
        const ushort SizesAndOffset = 3 * sizeof(long);

        byte[] text = Encoding.UTF8.GetBytes(entry.Name);
        _writer.Write("PK\x01\x02"u8);
        _writer.Write(Version);
        WriteDescription(entry.Checksum, text.Length, FieldHeader + SizesAndOffset);

        // No comment, the first disk, no attributes; the offset stands in the extra field.
        _writer.Write(new byte[10]);
        _writer.Write(uint.MaxValue);
        _writer.Write(text);
        _writer.Write(Zip64Field);
        _writer.Write(SizesAndOffset);
        _writer.Write(entry.Length);
        _writer.Write(entry.Length);
        _writer.Write(entry.Offset);
    }

    private void WriteEnd(long directoryStart, long directoryLength)
    {
        const long RecordLength = 44;
        const uint OneDisk = 1;
        const uint FirstDisk = 0;

        long record = _stream.Position;
        _writer.Write("PK\x06\x06"u8);
        _writer.Write(RecordLength);
        _writer.Write(Version);
        _writer.Write(Version);
        _writer.Write(FirstDisk);
        _writer.Write(FirstDisk);
        _writer.Write((long)_entries.Count);
        _writer.Write((long)_entries.Count);
        _writer.Write(directoryLength);
        _writer.Write(directoryStart);

        _writer.Write("PK\x06\x07"u8);
        _writer.Write(FirstDisk);
        _writer.Write(record);
        _writer.Write(OneDisk);

        // The record of before zip64: every number says to look there, and there is no comment.
        _writer.Write("PK\x05\x06"u8);
        _writer.Write(FirstDisk);
        _writer.Write(uint.MaxValue);
        _writer.Write(uint.MaxValue);
        _writer.Write(uint.MaxValue);
        _writer.Write((ushort)0);
    }

    /// <summary>What the directory says of an entry.</summary>
    private sealed record Entry(string Name, long Length, uint Checksum, long Offset);
}
