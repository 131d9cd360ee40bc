using System.Buffers;

namespace Sagan.Imaging;

/// <summary>
/// A picture to be looked at and let go: its memory may be lent and serves the next one after <see cref="Dispose"/>. What
/// decodes a whole data set would otherwise spend a good part of its time on fresh memory.
/// </summary>
internal readonly ref struct LentRaster
{
    // What is larger would be kept for too long for how rarely it is asked for.
    private const long MostLent = 1 << 22;
    private readonly byte[] _memory;
    private readonly Raster? _raster;

    private LentRaster(int width, int height, int channels, byte[] memory, Raster? raster)
    {
        Width = width;
        Height = height;
        Channels = channels;
        _memory = memory;
        _raster = raster;
    }

    /// <summary>A picture of whatever the memory holds, for those who write all of it.</summary>
    public static LentRaster Unwritten(int width, int height, int channels)
    {
        long size = Raster.SizeOf(width, height, channels);
        return size > MostLent
            ? Raster.Unwritten(width, height, channels)
            : new LentRaster(width, height, channels, ArrayPool<byte>.Shared.Rent((int)size), raster: null);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 gray, 3 red green blue, 4 red green blue alpha.</summary>
    public int Channels { get; }

    /// <summary>[<see cref="Height"/>, <see cref="Width"/>, <see cref="Channels"/>] samples.</summary>
    public Span<byte> Pixels => _memory.AsSpan(0, Width * Height * Channels);

    /// <summary>The shorter of width and height, in pixels.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>A picture that is somebody's own; nothing is to be given back.</summary>
    public static implicit operator LentRaster(Raster raster) => new(raster.Width, raster.Height, raster.Channels, raster.Pixels, raster);

    /// <summary>The samples of one row, [width, channels].</summary>
    public ReadOnlySpan<byte> Row(int y) => _memory.AsSpan(y * Width * Channels, Width * Channels);

    /// <summary>A picture that may be kept: a copy where the memory is lent.</summary>
    public Raster ToRaster() => _raster ?? new Raster(Width, Height, Channels, Pixels.ToArray());

    /// <summary>Writes the samples channel by channel, [channels, height, width].</summary>
    public void CopyPlanar(Span<byte> chw)
    {
        int plane = Width * Height;
        if (chw.Length != plane * Channels)
            throw new ArgumentException($"Needs {plane * Channels} bytes, not {chw.Length}.", nameof(chw));
        SamplePlanes.Split(Pixels, Channels, chw);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_raster is null)
            ArrayPool<byte>.Shared.Return(_memory);
    }
}
