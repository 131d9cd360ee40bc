using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sagan.Data;

/// <summary>The first bytes of a cache file; the pixels follow at <see cref="PixelsAt"/>, behind them the metadata.</summary>
/// <param name="PixelBytes">Length of the pixels.</param>
/// <param name="MetadataBytes">Length of the metadata.</param>
internal readonly record struct CachePreamble(long PixelBytes, long MetadataBytes)
{
    /// <summary>Pixels start on a page of their own.</summary>
    public const int PixelsAt = 4096;

    private const int Version = 1;
    private const int HashAt = 32;
    private const int Length = HashAt + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "SAGANPIX"u8;

    /// <summary>Where the metadata starts.</summary>
    public long MetadataAt => PixelsAt + PixelBytes;

    /// <summary>The length of the whole file.</summary>
    public long FileBytes => MetadataAt + MetadataBytes;

    /// <summary>Magic, version, lengths and the checksum over them and the metadata.</summary>
    public byte[] ToBytes(ReadOnlySpan<byte> metadata)
    {
        byte[] bytes = new byte[Length];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), PixelBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), MetadataBytes);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(bytes.AsSpan(0, HashAt));
        hash.AppendData(metadata);
        hash.GetHashAndReset(bytes.AsSpan(HashAt));
        return bytes;
    }

    /// <summary>Reads preamble and metadata; null when the file is damaged, incomplete or of another version.</summary>
    public static (CachePreamble Preamble, byte[] Metadata)? Read(Stream file)
    {
        byte[] bytes = new byte[Length];
        if (file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) < Length)
            return null;

        var preamble = new CachePreamble(
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(24)));
        bool plausible = preamble.PixelBytes > 0 && preamble.MetadataBytes is > 0 and <= int.MaxValue
            && preamble.FileBytes == file.Length;
        if (!plausible)
            return null;

        byte[] metadata = new byte[preamble.MetadataBytes];
        file.Position = preamble.MetadataAt;
        file.ReadExactly(metadata);
        return preamble.ToBytes(metadata).AsSpan().SequenceEqual(bytes) ? (preamble, metadata) : null;
    }
}
