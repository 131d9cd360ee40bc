using System.IO.Compression;

namespace Sagan.Data;

/// <summary>Tells archives apart by their first bytes.</summary>
internal static class ArchiveKinds
{
    private const int TarBlock = 512;

    /// <summary>The kind of a file; <see cref="ArchiveKind.None"/> for anything else.</summary>
    public static ArchiveKind Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] first = Beginning(file);
        if (first.AsSpan().StartsWith("PK\u0003\u0004"u8) || first.AsSpan().StartsWith("PK\u0005\u0006"u8))
            return ArchiveKind.Zip;
        if (IsTar(first))
            return ArchiveKind.Tar;

        return first.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) && IsTar(Unpacked(file)) ? ArchiveKind.CompressedTar : ArchiveKind.None;
    }

    private static byte[] Unpacked(FileStream file)
    {
        file.Position = 0;
        using var gzip = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        try
        {
            return Beginning(gzip);
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private static byte[] Beginning(Stream stream)
    {
        byte[] bytes = new byte[TarBlock];
        int read = stream.ReadAtLeast(bytes, TarBlock, throwOnEndOfStream: false);
        return bytes[..read];
    }

    // POSIX tar; the pre-1988 format has no signature and is not looked for.
    private static bool IsTar(byte[] block) => block.Length == TarBlock && block.AsSpan(257).StartsWith("ustar"u8);
}
