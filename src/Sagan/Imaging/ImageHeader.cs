using System.Buffers.Binary;

namespace Sagan.Imaging;

/// <summary>What a picture's first bytes tell, without decoding it.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="IsGray">No colour; gray with alpha counts as gray.</param>
/// <param name="HasAlpha">A transparency channel is stored (a PNG's tRNS chunk is not looked for).</param>
public sealed record ImageHeader(int Width, int Height, bool IsGray, bool HasAlpha)
{
    private const int PngHeaderLength = 26;

    /// <summary>The shorter of width and height, in pixels.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>Reads the header from a file's beginning; null when it is no picture or needs more bytes.</summary>
    public static ImageHeader? Probe(ReadOnlySpan<byte> beginning) => ImageFile.FormatOf(beginning) switch
    {
        ImageFormat.Png => ProbePng(beginning),
        ImageFormat.Jpeg => ProbeJpeg(beginning),
        _ => null,
    };

    private static ImageHeader? ProbePng(ReadOnlySpan<byte> png)
    {
        if (png.Length < PngHeaderLength)
            return null;

        int width = BinaryPrimitives.ReadInt32BigEndian(png[16..]);
        int height = BinaryPrimitives.ReadInt32BigEndian(png[20..]);
        byte colorType = png[25];
        return width > 0 && height > 0 ? new ImageHeader(width, height, colorType is 0 or 4, colorType is 4 or 6) : null;
    }

    private static ImageHeader? ProbeJpeg(ReadOnlySpan<byte> jpeg) =>
        JpegMarkers.Frame(jpeg) is (> 0 and int width, > 0 and int height, int components)
            ? new ImageHeader(width, height, components == 1, HasAlpha: false)
            : null;
}
