namespace Sagan.Imaging;

/// <summary>Decodes a picture of any readable format, told apart by content and never by name.</summary>
public static class ImageFile
{
    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    /// <summary>The format whose signature the bytes start with, or null.</summary>
    public static ImageFormat? FormatOf(ReadOnlySpan<byte> beginning)
    {
        if (beginning.StartsWith(JpegSignature))
            return ImageFormat.Jpeg;
        return beginning.StartsWith(PngChunk.Signature) ? ImageFormat.Png : null;
    }

    /// <summary>Decodes a JPEG or PNG.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="shortSideAtLeast">Lets a JPEG be decoded smaller, see <see cref="JpegCodec.Decode"/>.</param>
    /// <exception cref="ImageException">Damaged, or neither JPEG nor PNG.</exception>
    public static Raster Decode(ReadOnlySpan<byte> bytes, int? shortSideAtLeast = null) => FormatOf(bytes) switch
    {
        ImageFormat.Jpeg => JpegCodec.Decode(bytes, shortSideAtLeast),
        ImageFormat.Png => PngCodec.Decode(bytes),
        _ => throw NoImage(bytes),
    };

    /// <summary>The same, for those who need the picture for a moment.</summary>
    /// <exception cref="ImageException">Damaged, or neither JPEG nor PNG.</exception>
    internal static LentRaster Lend(ReadOnlySpan<byte> bytes, int? shortSideAtLeast) => FormatOf(bytes) switch
    {
        ImageFormat.Jpeg => JpegCodec.Lend(bytes, shortSideAtLeast),
        ImageFormat.Png => PngCodec.Decode(bytes),
        _ => throw NoImage(bytes),
    };

    private static ImageException NoImage(ReadOnlySpan<byte> bytes) =>
        new(bytes.IsEmpty ? "The file is empty." : "Not an image: neither JPEG nor PNG.");
}
