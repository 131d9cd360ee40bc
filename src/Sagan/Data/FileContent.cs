using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Sagan.Data;

/// <summary>The bytes of a file, to be looked at and let go: the memory may serve the next file after <see cref="Dispose"/>.</summary>
internal readonly struct FileContent : IDisposable
{
    // What is larger would be kept for too long for how rarely it is asked for.
    private const long MostLent = 1 << 20;
    private readonly byte[] _memory;
    private readonly int _length;
    private readonly bool _isLent;

    private FileContent(byte[] memory, int length, bool isLent)
    {
        _memory = memory;
        _length = length;
        _isLent = isLent;
    }

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _memory.AsSpan(0, _length);

    /// <summary>Bytes that somebody has read before.</summary>
    public static FileContent Of(byte[] bytes) => new(bytes, bytes.Length, isLent: false);

    /// <summary>Reads a file.</summary>
    public static FileContent Read(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        long length = RandomAccess.GetLength(file);
        // The system gives no length for some files that have content.
        if (length is 0 or > MostLent)
            return Of(File.ReadAllBytes(path));

        byte[] memory = ArrayPool<byte>.Shared.Rent((int)length);
        int read = 0;
        try
        {
            while (read < length && RandomAccess.Read(file, memory.AsSpan(read, (int)length - read), read) is > 0 and int more)
                read += more;
            return new FileContent(memory, read, isLent: true);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(memory);
            throw;
        }
    }

    /// <summary>Bytes that may be kept: a copy where the memory is lent.</summary>
    public byte[] ToArray() => _isLent ? Bytes.ToArray() : _memory;

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_isLent)
            ArrayPool<byte>.Shared.Return(_memory);
    }
}
