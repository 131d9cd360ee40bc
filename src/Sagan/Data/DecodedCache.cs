using System.IO.MemoryMappedFiles;
using System.Text.Json;

namespace Sagan.Data;

/// <summary>A file of decoded pictures, mapped into memory.</summary>
internal sealed unsafe class DecodedCache : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly int _bytesPerPicture;

    private DecodedCache(FileStream file, CachePreamble preamble, CacheMetadata metadata)
    {
        Metadata = metadata;
        _bytesPerPicture = metadata.Channels * metadata.Resolution * metadata.Resolution;
        _file = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, preamble.MetadataAt, MemoryMappedFileAccess.Read);
    }

    /// <summary>Everything but the pixels.</summary>
    public CacheMetadata Metadata { get; }

    /// <summary>Opens a cache; null when there is none or it is damaged and has to be built again.</summary>
    public static DecodedCache? TryOpen(string path)
    {
        if (!File.Exists(path))
            return null;

        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (CachePreamble.Read(file) is (CachePreamble preamble, byte[] json) && Parse(json) is CacheMetadata metadata)
            return new DecodedCache(file, preamble, metadata);

        file.Dispose();
        return null;
    }

    /// <summary>Copies a picture, [channels, height, width].</summary>
    public void Read(int index, Span<byte> chw)
    {
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            long offset = _view.PointerOffset + CachePreamble.PixelsAt + ((long)index * _bytesPerPicture);
            new ReadOnlySpan<byte>(start + offset, _bytesPerPicture).CopyTo(chw);
        }
        finally
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    /// <summary>Releases the mapping.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }

    private static CacheMetadata? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CacheMetadataJson.Default.CacheMetadata);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
