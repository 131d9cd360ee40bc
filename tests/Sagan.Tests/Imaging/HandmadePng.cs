using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Sagan.Tests.Imaging;

/// <summary>Writes the kinds of PNG that the codec itself never writes, chunk by chunk.</summary>
internal static class HandmadePng
{
    public const byte Gray = 0;
    public const byte Rgb = 2;
    public const byte Palette = 3;
    public const byte GrayAlpha = 4;
    public const byte Rgba = 6;

    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bitDepth">Bits a sample.</param>
    /// <param name="colorType">As in IHDR.</param>
    /// <param name="samples">Packed rows, without filter bytes.</param>
    /// <param name="extra">Chunks between IHDR and IDAT, such as PLTE.</param>
    public static byte[] Write(int width, int height, byte bitDepth, byte colorType, byte[] samples, params (string Type, byte[] Body)[] extra)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bitDepth;
        header[9] = colorType;

        WriteChunk(file, "IHDR", header);
        foreach ((string type, byte[] body) in extra)
            WriteChunk(file, type, body);
        WriteChunk(file, "IDAT", Deflate(height, samples));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Deflate(int height, byte[] samples)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            int rowLength = samples.Length / height;
            for (int at = 0; at < samples.Length; at += rowLength)
            {
                zlib.WriteByte(0);
                zlib.Write(samples, at, rowLength);
            }
        }

        return packed.ToArray();
    }

    private static void WriteChunk(Stream file, string type, byte[] body)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. body];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        return ~crc;
    }
}
