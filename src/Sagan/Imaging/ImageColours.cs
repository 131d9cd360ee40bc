namespace Sagan.Imaging;

/// <summary>Pictures with red, green and blue, whatever they came with.</summary>
internal static class ImageColours
{
    /// <summary>The picture in three channels; transparency is ignored. Itself where it has three.</summary>
    internal static Raster Three(Raster picture)
    {
        if (picture.Channels == 3)
            return picture;

        var coloured = new Raster(picture.Width, picture.Height, 3);
        for (int i = 0; i < picture.Width * picture.Height; i++)
        {
            ReadOnlySpan<byte> from = picture.Pixels.AsSpan(i * picture.Channels, picture.Channels);
            for (int c = 0; c < 3; c++)
                coloured.Pixels[(3 * i) + c] = from[picture.Channels == 1 ? 0 : c];
        }

        return coloured;
    }
}
