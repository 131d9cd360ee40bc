using System.Numerics;
using System.Text;

namespace Sagan.Imaging;

/// <summary>Endless animations as GIF89a: 256 colours a frame, chosen for that frame, and nothing dithered.</summary>
internal static class GifAnimation
{
    private const byte Extension = 0x21;
    private const int LongestBlock = 255;

    /// <summary>Encodes frames of one size, one or three channels each.</summary>
    /// <param name="frames">At least one.</param>
    /// <param name="framesPerSecond">Rounded to what a whole number of hundredths of a second gives.</param>
    /// <param name="texts">Written as a comment, one line each.</param>
    internal static byte[] Encode(IReadOnlyList<Raster> frames, double framesPerSecond, IReadOnlyDictionary<string, string> texts)
    {
        using var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        WriteShort(gif, frames[0].Width);
        WriteShort(gif, frames[0].Height);
        gif.Write([0x70, 0, 0]);                        // eight bits a channel, no table for all frames

        // Without this widely agreed extension an animation is shown once.
        gif.Write([Extension, 0xFF, 11]);
        gif.Write("NETSCAPE2.0"u8);
        gif.Write([3, 1, 0, 0, 0]);

        if (texts.Count > 0)
            WriteComment(gif, string.Join('\n', texts.Select(text => $"{text.Key}: {text.Value}")));
        int hundredths = Math.Max(1, (int)Math.Round(100 / framesPerSecond));
        foreach (Raster frame in frames)
            WriteFrame(gif, ImageColours.Three(frame), hundredths);
        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    private static void WriteFrame(Stream gif, Raster frame, int hundredths)
    {
        ColourTable table = ColourTable.Of(frame);
        int bits = Math.Max(1, BitOperations.Log2((uint)(table.Colours.Count - 1)) + 1);

        gif.Write([Extension, 0xF9, 4, 1 << 2]);        // leave the frame until the next covers it
        WriteShort(gif, hundredths);
        gif.Write([0, 0]);

        gif.WriteByte(0x2C);
        WriteShort(gif, 0);
        WriteShort(gif, 0);
        WriteShort(gif, frame.Width);
        WriteShort(gif, frame.Height);
        gif.WriteByte((byte)(0x80 | (bits - 1)));       // a table of its own, of 2 to the power of bits colours
        for (int i = 0; i < 1 << bits; i++)
        {
            Rgb colour = i < table.Colours.Count ? table.Colours[i] : Rgb.Black;
            gif.Write([colour.Red, colour.Green, colour.Blue]);
        }

        LzwEncoder.Write(gif, table.IndicesOf(frame), Math.Max(2, bits));
    }

    private static void WriteComment(Stream gif, string comment)
    {
        gif.Write([Extension, 0xFE]);
        foreach (byte[] block in Encoding.UTF8.GetBytes(comment).Chunk(LongestBlock))
        {
            gif.WriteByte((byte)block.Length);
            gif.Write(block);
        }

        gif.WriteByte(0);
    }

    private static void WriteShort(Stream gif, int value) => gif.Write([(byte)value, (byte)(value >> 8)]);
}
