using System.Buffers.Binary;
using System.Text;

namespace Sagan.Imaging;

/// <summary>One part of a PNG file: length, type, body, check sum.</summary>
/// <param name="Type">Four letters.</param>
/// <param name="Body">What it holds.</param>
internal sealed record PngChunk(string Type, byte[] Body)
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>What a PNG begins with.</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunks of a PNG that is known to be whole.</summary>
    internal static List<PngChunk> Read(ReadOnlySpan<byte> png)
    {
        var chunks = new List<PngChunk>();
        for (int at = Signature.Length; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            chunks.Add(new PngChunk(Encoding.ASCII.GetString(png.Slice(at + 4, 4)), png.Slice(at + 8, length).ToArray()));
            at += 12 + length;
        }

        return chunks;
    }

    /// <summary>Writes the chunk with its check sum.</summary>
    internal void Write(Stream output)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(Type), .. Body];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, Body.Length);
        output.Write(number);
        output.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, CheckSum(typed));
        output.Write(number);
    }

    // CRC-32 as in the PNG specification, annex D.
    private static uint CheckSum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
            sum = s_table[(byte)(sum ^ value)] ^ (sum >> 8);
        return ~sum;
    }

    private static uint Entry(int index)
    {
        uint entry = (uint)index;
        for (int bit = 0; bit < 8; bit++)
            entry = (entry & 1) == 1 ? 0xEDB88320 ^ (entry >> 1) : entry >> 1;
        return entry;
    }
}
