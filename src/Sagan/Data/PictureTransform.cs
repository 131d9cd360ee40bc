using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>What is done to every picture so that all are alike: colours, cut to a square, resize.</summary>
/// <param name="Channels">1 or 3.</param>
/// <param name="Resolution">Side in pixels.</param>
/// <param name="AlphaOn">The colour behind transparent pixels; null ignores transparency.</param>
public sealed record PictureTransform(int Channels, int Resolution, Rgb? AlphaOn = null)
{
    /// <summary>Changes whenever the same input would give other pixels, so that caches of older versions are not used.</summary>
    internal const int Version = 1;

    /// <summary>
    /// Short side that a decoder has to keep. Twice the target leaves the last halving to the resize filter
    /// (the margin that Pillow's thumbnail keeps by default as well).
    /// </summary>
    public int DecodeShortSide => 2 * Resolution;

    /// <summary>The bytes of a transformed picture.</summary>
    public int BytesPerPicture => Channels * Resolution * Resolution;

    /// <summary>The transform that a configuration wishes for; what it leaves open is taken from the pictures' headers.</summary>
    /// <exception cref="DataException">Impossible wishes, or no header is readable.</exception>
    public static PictureTransform For(PictureSource source, PicturesConfig wishes)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(wishes);
        return TransformChoice.For(wishes, source.ReadHeaders());
    }

    /// <summary>Transforms a picture.</summary>
    public Raster Apply(Raster picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Apply((LentRaster)picture).ToRaster();
    }

    /// <summary>The same for a picture that is lent: the result has its memory where there is nothing to do.</summary>
    internal LentRaster Apply(LentRaster picture)
    {
        LentRaster opaque = picture.Channels == 4 ? RemoveAlpha(picture) : picture;
        LentRaster colored = opaque.Channels == Channels ? opaque : WithChannels(opaque);
        return (colored.Width, colored.Height) == (Resolution, Resolution) ? colored : Resampling.ResizeSquare(colored, Resolution);
    }

    private Raster RemoveAlpha(LentRaster picture)
    {
        var opaque = new Raster(picture.Width, picture.Height, 3);
        ReadOnlySpan<byte> behind = AlphaOn is Rgb color ? [color.Red, color.Green, color.Blue] : [];
        for (int from = 0, to = 0; from < picture.Pixels.Length; from += 4, to += 3)
        {
            int alpha = behind.IsEmpty ? 255 : picture.Pixels[from + 3];
            for (int c = 0; c < 3; c++)
            {
                int hidden = alpha == 255 ? 0 : (255 - alpha) * behind[c];
                opaque.Pixels[to + c] = (byte)(((picture.Pixels[from + c] * alpha) + hidden + 127) / 255);
            }
        }

        return opaque;
    }

    private Raster WithChannels(LentRaster picture)
    {
        var result = new Raster(picture.Width, picture.Height, Channels);
        if (Channels == 3)
        {
            for (int i = 0; i < result.Pixels.Length; i++)
                result.Pixels[i] = picture.Pixels[i / 3];
            return result;
        }

        for (int i = 0; i < result.Pixels.Length; i++)
            result.Pixels[i] = Luma(picture.Pixels.Slice(3 * i, 3));
        return result;
    }

    // ITU-R BT.601 in 16-bit fixed point; the weights sum to 65,536, so gray stays gray.
    private static byte Luma(ReadOnlySpan<byte> rgb) =>
        (byte)(((rgb[0] * 19595) + (rgb[1] * 38470) + (rgb[2] * 7471) + 32768) >> 16);
}
