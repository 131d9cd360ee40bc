using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace Sagan.Tensors.Files;

/// <summary>A file mapped into memory for reading, of any size. Another program must not shorten it meanwhile.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private MappedFile(FileStream stream)
    {
        Length = stream.Length;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);

        // Held until Dispose: a mapping that was forgotten leaks, where one unmapped by the finalizer would take spans with it.
        byte* view = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref view);
        _start = view + _view.PointerOffset;
    }

    /// <summary>The size of the file in bytes; never 0.</summary>
    internal long Length { get; }

    /// <summary>Maps a file. An empty one cannot be mapped and gives null.</summary>
    internal static MappedFile? Open(string path)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length > 0)
            return new MappedFile(stream);

        stream.Dispose();
        return null;
    }

    /// <summary>A part of the file, valid until the file is disposed; the caller has checked that it lies inside.</summary>
    internal ReadOnlyMemory<byte> Slice(long offset, int length) => new Part(this, offset, length).Memory;

    public void Dispose()
    {
        if (_disposed)
            return;

        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private sealed class Part(MappedFile file, long offset, int length) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(length);

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(file._disposed, typeof(MappedFile));
            return new Span<byte>(file._start + offset, length);
        }

        // The mapping does not move, so a pin is the address itself.
        public override MemoryHandle Pin(int elementIndex = 0)
        {
            ObjectDisposedException.ThrowIf(file._disposed, typeof(MappedFile));
            return new MemoryHandle(file._start + offset + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
