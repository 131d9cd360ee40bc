namespace Sagan.Tensors.Files;

/// <summary>
/// A file that a zip archive is read from. .NET reads the whole directory at once and makes an object of every line, so a
/// limit on what is read until then limits what a file of nothing but lines can take.
/// </summary>
internal sealed class ZipFileStream(string path) : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read)
{
    /// <summary>Lines of some forty thousand entries.</summary>
    private const long MaxDirectory = 4 << 20;

    private long _left = MaxDirectory;

    /// <summary>Lifts the limit: the directory was read.</summary>
    internal void AllowContent() => _left = long.MaxValue;

    public override int Read(Span<byte> buffer) => Count(base.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Count(base.Read(buffer, offset, count));

    public override int ReadByte()
    {
        Count(1);
        return base.ReadByte();
    }

    private int Count(int read)
    {
        _left -= read;
        return _left >= 0 ? read : throw new InvalidDataException($"its directory takes more than {MaxDirectory} bytes");
    }
}
