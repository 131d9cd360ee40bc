namespace Sagan.Imaging;

/// <summary>A decoded picture: 8-bit samples, row after row, the channels of a pixel side by side.</summary>
public sealed class Raster
{
    /// <summary>More than this is refused, so that a damaged header cannot ask for all memory.</summary>
    public const long MaxBytes = 1L << 30;

    /// <summary>Wraps samples that already exist; the array is not copied.</summary>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 gray, 3 red green blue, 4 red green blue alpha.</param>
    /// <param name="pixels">[height, width, channels], exactly that many bytes.</param>
    public Raster(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        long size = SizeOf(width, height, channels);
        if (pixels.Length != size)
            throw new ArgumentException($"{width}x{height}x{channels} needs {size} bytes, not {pixels.Length}.", nameof(pixels));

        Width = width;
        Height = height;
        Channels = channels;
        Pixels = pixels;
    }

    /// <summary>A black (and, with four channels, fully transparent) picture.</summary>
    public Raster(int width, int height, int channels)
        : this(width, height, channels, new byte[SizeOf(width, height, channels)])
    {
    }

    /// <summary>A picture of whatever the memory holds, for those who write all of it.</summary>
    internal static Raster Unwritten(int width, int height, int channels) =>
        new(width, height, channels, GC.AllocateUninitializedArray<byte>((int)SizeOf(width, height, channels)));

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 gray, 3 red green blue, 4 red green blue alpha.</summary>
    public int Channels { get; }

    /// <summary>[<see cref="Height"/>, <see cref="Width"/>, <see cref="Channels"/>] samples.</summary>
    public byte[] Pixels { get; }

    /// <summary>The shorter of width and height, in pixels.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The samples of one row, [width, channels].</summary>
    public Span<byte> Row(int y) => Pixels.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>Writes the samples channel by channel, [channels, height, width].</summary>
    public void CopyPlanar(Span<byte> chw) => ((LentRaster)this).CopyPlanar(chw);

    /// <summary>Builds a picture from planar samples, [channels, height, width].</summary>
    public static Raster FromPlanar(int width, int height, int channels, ReadOnlySpan<byte> chw)
    {
        var raster = new Raster(width, height, channels);
        int plane = width * height;
        if (chw.Length != plane * channels)
            throw new ArgumentException($"Needs {plane * channels} bytes, not {chw.Length}.", nameof(chw));

        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<byte> source = chw.Slice(c * plane, plane);
            for (int i = 0, to = c; i < plane; i++, to += channels)
                raster.Pixels[to] = source[i];
        }

        return raster;
    }

    /// <summary>The bytes of a picture.</summary>
    /// <exception cref="ImageException">No picture has such a size.</exception>
    internal static long SizeOf(int width, int height, int channels)
    {
        if (width < 1 || height < 1)
            throw new ImageException($"A picture of {width}x{height} pixels has no content.");
        if (channels is not (1 or 3 or 4))
            throw new ImageException($"A picture has 1, 3 or 4 channels, not {channels}.");

        // Two 31-bit sides fit 62 bits; the channel count is applied by division so that nothing overflows.
        long pixels = (long)width * height;
        if (pixels > MaxBytes / channels)
            throw new ImageException($"A picture of {width}x{height} pixels is too large.");
        return pixels * channels;
    }
}
