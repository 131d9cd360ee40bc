using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>A picture met on a walk through a source; decoding may happen on another thread.</summary>
public sealed class Picture
{
    private readonly Func<int?, Raster> _decode;

    private Picture(int index, Func<int?, Raster> decode)
    {
        Index = index;
        _decode = decode;
    }

    /// <summary>Its index in <see cref="PictureSource.Entries"/>.</summary>
    public int Index { get; }

    /// <summary>Decodes the picture; to be called once.</summary>
    /// <param name="shortSideAtLeast">Allows a smaller result as long as its short side keeps this many pixels.</param>
    /// <exception cref="ImageException">The picture is damaged, truncated or no picture.</exception>
    public Raster Decode(int? shortSideAtLeast = null) => _decode(shortSideAtLeast);

    /// <summary>A picture from the bytes of a JPEG or PNG file.</summary>
    internal static Picture Encoded(int index, Func<byte[]> load) => new(index, side => ImageFile.Decode(load(), side));

    /// <summary>A picture that is made when it is asked for.</summary>
    internal static Picture Drawn(int index, Func<Raster> draw) => new(index, _ => draw());

    /// <summary>A picture from samples [channels, height, width].</summary>
    internal static Picture Raw(int index, int width, int height, int channels, ReadOnlyMemory<byte> planar) =>
        new(index, _ => Raster.FromPlanar(width, height, channels, planar.Span));
}
