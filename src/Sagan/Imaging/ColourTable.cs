namespace Sagan.Imaging;

/// <summary>At most 256 colours that stand for all of a picture, by median cut (Heckbert 1982).</summary>
/// <remarks>
/// The box of colours with the largest squared error is cut, across the channel that varies most, so that both halves hold as
/// many pixels. A picture of no more colours than that keeps its own exactly.
/// </remarks>
internal sealed class ColourTable
{
    /// <summary>As many as a byte can name.</summary>
    internal const int MostColours = 256;

    private readonly Dictionary<int, byte> _index = [];

    private ColourTable(List<Box> boxes)
    {
        Colours = [.. boxes.Select(box => box.Mean)];
        foreach ((int i, Box box) in boxes.Index())
        {
            foreach ((int colour, _) in box.Colours)
                _index[colour] = (byte)i;
        }
    }

    /// <summary>The colours, by index.</summary>
    internal IReadOnlyList<Rgb> Colours { get; }

    /// <summary>The colours for a picture of three channels.</summary>
    internal static ColourTable Of(Raster picture)
    {
        var counts = new Dictionary<int, int>();
        for (int at = 0; at < picture.Pixels.Length; at += 3)
        {
            int colour = Pack(picture.Pixels.AsSpan(at, 3));
            counts[colour] = counts.GetValueOrDefault(colour) + 1;
        }

        if (counts.Count <= MostColours)
            return new ColourTable([.. counts.Select(one => new Box([(one.Key, one.Value)]))]);

        var boxes = new List<Box> { new([.. counts.Select(one => (one.Key, one.Value))]) };
        while (boxes.Count < MostColours)
        {
            Box widest = boxes.MaxBy(box => box.Error)!;
            boxes.Remove(widest);
            boxes.AddRange(widest.Cut());
        }

        return new ColourTable(boxes);
    }

    /// <summary>The index of every pixel's colour, for the picture that the table was made for.</summary>
    internal byte[] IndicesOf(Raster picture)
    {
        byte[] indices = new byte[picture.Width * picture.Height];
        for (int i = 0; i < indices.Length; i++)
            indices[i] = _index[Pack(picture.Pixels.AsSpan(3 * i, 3))];
        return indices;
    }

    private static int Pack(ReadOnlySpan<byte> rgb) => (rgb[0] << 16) | (rgb[1] << 8) | rgb[2];

    private static int Channel(int colour, int channel) => colour >> (16 - (8 * channel)) & 255;

    private sealed class Box
    {
        private readonly int _widest;

        internal Box((int Colour, int Count)[] colours)
        {
            Colours = colours;
            double pixels = colours.Sum(one => (double)one.Count);
            double[] means = new double[3], errors = new double[3];
            for (int c = 0; c < 3; c++)
            {
                means[c] = colours.Sum(one => (double)one.Count * Channel(one.Colour, c)) / pixels;
                errors[c] = colours.Sum(one => one.Count * Math.Pow(Channel(one.Colour, c) - means[c], 2));
            }

            Mean = new Rgb((byte)Math.Round(means[0]), (byte)Math.Round(means[1]), (byte)Math.Round(means[2]));
            _widest = Array.IndexOf(errors, errors.Max());
            Error = colours.Length > 1 ? errors.Sum() : 0;
        }

        internal (int Colour, int Count)[] Colours { get; }

        internal Rgb Mean { get; }

        internal double Error { get; }

        internal Box[] Cut()
        {
            (int Colour, int Count)[] sorted = [.. Colours.OrderBy(one => Channel(one.Colour, _widest)).ThenBy(one => one.Colour)];
            long half = sorted.Sum(one => (long)one.Count) / 2, before = 0;
            int cut = 0;
            while (cut < sorted.Length - 1 && (cut == 0 || before + sorted[cut].Count <= half))
                before += sorted[cut++].Count;
            return [new Box(sorted[..cut]), new Box(sorted[cut..])];
        }
    }
}
