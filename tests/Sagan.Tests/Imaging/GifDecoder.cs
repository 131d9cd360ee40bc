using System.Text;
using Sagan.Imaging;

namespace Sagan.Tests.Imaging;

/// <summary>Reads GIF89a by the specification, written apart from the encoder; knows what animations need and refuses the rest.</summary>
internal sealed class GifDecoder
{
    private readonly byte[] _gif;
    private int _at;

    private GifDecoder(byte[] gif) => _gif = gif;

    internal List<Raster> Frames { get; } = [];

    internal List<int> Hundredths { get; } = [];

    internal string Comment { get; private set; } = "";

    internal bool IsEndless { get; private set; }

    internal static GifDecoder Read(byte[] gif)
    {
        var decoder = new GifDecoder(gif);
        decoder.Run();
        return decoder;
    }

    /// <summary>Image data after the byte with the literals' size.</summary>
    internal static byte[] Unpack(byte[] codes, int literalBits)
    {
        int clear = 1 << literalBits, size = literalBits + 1, bit = 0;
        var table = new List<byte[]>();
        var output = new List<byte>();
        byte[]? former = null;
        while (true)
        {
            int code = 0;
            for (int i = 0; i < size; i++, bit++)
                code |= (codes[bit / 8] >> (bit % 8) & 1) << i;

            if (code == clear)
            {
                table = [.. Enumerable.Range(0, clear + 2).Select(i => new[] { (byte)i })];
                (size, former) = (literalBits + 1, null);
                continue;
            }

            if (code == clear + 1)
            {
                Assert.InRange(bit, (8 * codes.Length) - 7, 8 * codes.Length);
                return [.. output];
            }

            Assert.True(code < table.Count || (code == table.Count && former is not null), $"code {code} of {table.Count}");
            byte[] entry = code < table.Count ? table[code] : [.. former!, former![0]];
            output.AddRange(entry);
            if (former is not null && table.Count < 4096)
                table.Add([.. former, entry[0]]);
            if (table.Count == 1 << size && size < 12)
                size++;
            former = entry;
        }
    }

    private void Run()
    {
        Assert.Equal("GIF89a", Encoding.ASCII.GetString(Take(6)));
        int width = Short(), height = Short();
        Assert.Equal(0, Take(3)[0] & 0x80);
        while (true)
        {
            switch (Take(1)[0])
            {
                case 0x21:
                    ReadExtension(Take(1)[0]);
                    break;
                case 0x2C:
                    ReadFrame(width, height);
                    break;
                case var end:
                    Assert.Equal((0x3B, _gif.Length), (end, _at));
                    return;
            }
        }
    }

    private void ReadExtension(byte label)
    {
        byte[] body = Blocks();
        if (label == 0xF9)
            Hundredths.Add(body[1] | (body[2] << 8));
        else if (label == 0xFE)
            Comment = Encoding.UTF8.GetString(body);
        else if (label == 0xFF)
            IsEndless = Encoding.ASCII.GetString(body[..11]) == "NETSCAPE2.0" && body.AsSpan(11).SequenceEqual(new byte[] { 1, 0, 0 });
    }

    private void ReadFrame(int width, int height)
    {
        Assert.Equal((0, 0, width, height), (Short(), Short(), Short(), Short()));
        int flags = Take(1)[0];
        Assert.Equal(0x80, flags & 0xC0);
        byte[] colours = Take(3 << ((flags & 7) + 1));
        int literalBits = Take(1)[0];
        byte[] indices = Unpack(Blocks(), literalBits);
        Assert.Equal(width * height, indices.Length);
        Frames.Add(new Raster(width, height, 3, [.. indices.SelectMany(index => colours.AsSpan(3 * index, 3).ToArray())]));
    }

    private byte[] Blocks()
    {
        var all = new List<byte>();
        for (int length = Take(1)[0]; length > 0; length = Take(1)[0])
            all.AddRange(Take(length));
        return [.. all];
    }

    private int Short() => Take(1)[0] | (Take(1)[0] << 8);

    private byte[] Take(int count) => _gif[_at..(_at += count)];
}
