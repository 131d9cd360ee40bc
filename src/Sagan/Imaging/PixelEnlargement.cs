namespace Sagan.Imaging;

/// <summary>A picture made larger by whole pixels, so that people see what is in it and nothing else.</summary>
public static class PixelEnlargement
{
    /// <summary>Every pixel factor x factor times.</summary>
    public static Raster Of(Raster picture, int factor)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1)
            return picture;

        var large = new Raster(picture.Width * factor, picture.Height * factor, picture.Channels);
        for (int y = 0; y < large.Height; y++)
        {
            ReadOnlySpan<byte> source = picture.Row(y / factor);
            Span<byte> target = large.Row(y);
            for (int x = 0; x < large.Width; x++)
                source.Slice(x / factor * picture.Channels, picture.Channels).CopyTo(target[(x * picture.Channels)..]);
        }

        return large;
    }
}
