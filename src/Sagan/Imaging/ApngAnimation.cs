using System.Buffers.Binary;

namespace Sagan.Imaging;

/// <summary>Endless animations as animated PNG: all colours kept; programs that know only PNG show the first frame.</summary>
internal static class ApngAnimation
{
    /// <summary>Encodes frames of one size and number of channels.</summary>
    /// <param name="frames">At least one.</param>
    /// <param name="framesPerSecond">Kept to a thousandth of a second.</param>
    /// <param name="texts">Text chunks, as in <see cref="PngCodec.Encode"/>.</param>
    internal static byte[] Encode(IReadOnlyList<Raster> frames, double framesPerSecond, IReadOnlyDictionary<string, string> texts)
    {
        using var file = new MemoryStream();
        file.Write(PngChunk.Signature);
        var sequence = new Sequence();
        foreach ((int i, Raster frame) in frames.Index())
        {
            foreach (PngChunk chunk in PngChunk.Read(PngCodec.Encode(frame, i == 0 ? texts : null)))
            {
                if (chunk.Type == "IDAT")
                {
                    // Control goes before the first of a frame's data chunks.
                    sequence.ControlOnce(i, file, frame, framesPerSecond);
                    (i == 0 ? chunk : new PngChunk("fdAT", [.. sequence.Next(), .. chunk.Body])).Write(file);
                }
                else if (i == 0 && chunk.Type != "IEND")
                {
                    chunk.Write(file);
                    if (chunk.Type == "IHDR")
                        new PngChunk("acTL", [.. Bytes(frames.Count), .. Bytes(0)]).Write(file);
                }
            }
        }

        new PngChunk("IEND", []).Write(file);
        return file.ToArray();
    }

    private static byte[] Bytes(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    /// <summary>Control and data chunks are numbered in one row.</summary>
    private sealed class Sequence
    {
        private int _number;
        private int _controlled = -1;

        internal byte[] Next() => Bytes(_number++);

        internal void ControlOnce(int index, Stream file, Raster frame, double framesPerSecond)
        {
            if (_controlled == index)
                return;
            _controlled = index;
            int milliseconds = (int)Math.Round(1000 / framesPerSecond);
            byte[] delay = [(byte)(milliseconds >> 8), (byte)milliseconds, 1000 >> 8, 1000 & 255];
            new PngChunk("fcTL", [.. Next(), .. Bytes(frame.Width), .. Bytes(frame.Height), .. Bytes(0), .. Bytes(0), .. delay, 0, 0]).Write(file);
        }
    }
}
