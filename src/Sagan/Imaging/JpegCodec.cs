using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>Reads and writes JPEG through libjpeg-turbo.</summary>
public static unsafe class JpegCodec
{
    /// <summary>Decodes a JPEG to one channel (gray) or three (everything else).</summary>
    /// <param name="jpeg">The whole file.</param>
    /// <param name="shortSideAtLeast">
    /// When given, the decoder may shrink by 2, 4 or 8 as long as the short side keeps this many pixels;
    /// that is far quicker than decoding a photograph in full only to shrink it.
    /// </param>
    /// <remarks>
    /// libjpeg's warnings (premature end, corrupt data) are errors here: it would fill the missing part with gray.
    /// CMYK becomes RGB without a colour profile, (255-C)(255-K)/255.
    /// </remarks>
    /// <exception cref="ImageException">The data is damaged, truncated or no JPEG.</exception>
    public static Raster Decode(ReadOnlySpan<byte> jpeg, int? shortSideAtLeast = null) =>
        DecodeTo(jpeg, shortSideAtLeast, isLent: false).ToRaster();

    /// <summary>The same, for those who need the picture for a moment.</summary>
    /// <exception cref="ImageException">The data is damaged, truncated or no JPEG.</exception>
    internal static LentRaster Lend(ReadOnlySpan<byte> jpeg, int? shortSideAtLeast) => DecodeTo(jpeg, shortSideAtLeast, isLent: true);

    private static LentRaster DecodeTo(ReadOnlySpan<byte> jpeg, int? shortSideAtLeast, bool isLent)
    {
        ImagingLibraries.Register();
        using TurboJpegHandle decoder = TurboJpeg.InitDecompress();

        fixed (byte* source = jpeg)
        {
            var length = new CULong((nuint)jpeg.Length);
            if (TurboJpeg.ReadHeader(decoder, source, length, out int width, out int height, out _, out int space) != 0)
                throw Failure(decoder);

            int reduction = ReductionFor(Math.Min(width, height), shortSideAtLeast);
            width = Reduced(width, reduction);
            height = Reduced(height, reduction);

            if (space is TurboJpeg.SpaceCmyk or TurboJpeg.SpaceYcck)
            {
                Raster inks = Raster.Unwritten(width, height, 4);
                Decompress(decoder, source, length, inks, TurboJpeg.FormatCmyk);
                return FromInks(inks, JpegMarkers.HasAdobe(jpeg));
            }

            bool gray = space == TurboJpeg.SpaceGray;
            int channels = gray ? 1 : 3;
            LentRaster raster = isLent ? LentRaster.Unwritten(width, height, channels) : Raster.Unwritten(width, height, channels);
            try
            {
                Decompress(decoder, source, length, raster, gray ? TurboJpeg.FormatGray : TurboJpeg.FormatRgb);
                return raster;
            }
            catch
            {
                raster.Dispose();
                throw;
            }
        }
    }

    /// <summary>Encodes a picture of one or three channels.</summary>
    /// <param name="raster">The picture; transparency has to be removed first.</param>
    /// <param name="quality">1 to 100. From 90 on, colour keeps its full resolution (4:4:4), below it is halved (4:2:0).</param>
    /// <exception cref="ImageException">Four channels.</exception>
    public static byte[] Encode(Raster raster, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (raster.Channels == 4)
            throw new ImageException("JPEG has no transparency; compose the picture on a colour or write a PNG.");

        return raster.Channels == 1
            ? Compress(raster, TurboJpeg.FormatGray, TurboJpeg.SamplingGray, quality)
            : Compress(raster, TurboJpeg.FormatRgb, quality >= 90 ? TurboJpeg.Sampling444 : TurboJpeg.Sampling420, quality);
    }

    /// <summary>Encodes four channels as the inks cyan, magenta, yellow and black, inverted as Adobe's writers do.</summary>
    internal static byte[] EncodeInks(Raster inks, int quality) =>
        Compress(inks, TurboJpeg.FormatCmyk, TurboJpeg.Sampling444, quality);

    private static byte[] Compress(Raster raster, int format, int subsampling, int quality)
    {
        ImagingLibraries.Register();
        using TurboJpegHandle encoder = TurboJpeg.InitCompress();

        CULong size = TurboJpeg.CompressedBound(raster.Width, raster.Height, subsampling);
        byte[] jpeg = new byte[checked((int)size.Value)];
        fixed (byte* source = raster.Pixels, target = jpeg)
        {
            byte* written = target;
            int failed = TurboJpeg.Compress(
                encoder, source, raster.Width, 0, raster.Height, format,
                &written, ref size, subsampling, quality, TurboJpeg.NoReallocation | TurboJpeg.AccurateDct);
            if (failed != 0)
                throw Failure(encoder);
        }

        return jpeg[..(int)size.Value];
    }

    private static int ReductionFor(int shortSide, int? atLeast)
    {
        int reduction = 1;
        while (atLeast is int wanted && reduction < 8 && Reduced(shortSide, reduction * 2) >= wanted)
            reduction *= 2;
        return reduction;
    }

    // TurboJPEG rounds scaled sizes up (TJSCALED).
    private static int Reduced(int size, int reduction) => (size + reduction - 1) / reduction;

    private static void Decompress(TurboJpegHandle decoder, byte* source, CULong length, LentRaster raster, int format)
    {
        fixed (byte* target = raster.Pixels)
        {
            int failed = TurboJpeg.Decompress(
                decoder, source, length, target, raster.Width, 0, raster.Height, format,
                TurboJpeg.AccurateDct | TurboJpeg.StopOnWarning);
            if (failed != 0)
                throw Failure(decoder);
        }
    }

    private static Raster FromInks(Raster inks, bool inverted)
    {
        var raster = new Raster(inks.Width, inks.Height, 3);
        for (int i = 0; i < inks.Width * inks.Height; i++)
        {
            for (int c = 0; c < 3; c++)
                raster.Pixels[(3 * i) + c] = Paper(inks.Pixels[(4 * i) + c], inks.Pixels[(4 * i) + 3], inverted);
        }

        return raster;
    }

    private static byte Paper(byte ink, byte black, bool inverted)
    {
        int light = inverted ? ink * black : (255 - ink) * (255 - black);
        return (byte)((light + 127) / 255);
    }

    private static ImageException Failure(TurboJpegHandle handle) => new($"Damaged JPEG: {handle.Reason()}.");
}
