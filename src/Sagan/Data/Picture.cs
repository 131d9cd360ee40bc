using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>A picture met on a walk through a source; decoding may happen on another thread.</summary>
public sealed class Picture
{
    private readonly Func<FileContent>? _load;
    private readonly Func<Raster>? _draw;

    private Picture(int index, long storedBytes, Func<FileContent>? load, Func<Raster>? draw)
    {
        Index = index;
        StoredBytes = storedBytes;
        _load = load;
        _draw = draw;
    }

    /// <summary>Its index in <see cref="PictureSource.Entries"/>.</summary>
    public int Index { get; }

    /// <summary>What it takes in its file, a measure of the work it makes; 0 when it is in none.</summary>
    internal long StoredBytes { get; }

    /// <summary>Decodes the picture; to be called once.</summary>
    /// <param name="shortSideAtLeast">Allows a smaller result as long as its short side keeps this many pixels.</param>
    /// <exception cref="ImageException">The picture is damaged, truncated or no picture.</exception>
    public Raster Decode(int? shortSideAtLeast = null)
    {
        if (_load is null)
            return _draw!();
        using FileContent file = _load();
        return ImageFile.Decode(file.Bytes, shortSideAtLeast);
    }

    /// <summary>Decodes the picture for those who need it for a moment; to be called once.</summary>
    /// <param name="shortSideAtLeast">Allows a smaller result as long as its short side keeps this many pixels.</param>
    /// <exception cref="ImageException">The picture is damaged, truncated or no picture.</exception>
    internal LentRaster Lend(int? shortSideAtLeast)
    {
        if (_load is null)
            return _draw!();
        using FileContent file = _load();
        return ImageFile.Lend(file.Bytes, shortSideAtLeast);
    }

    /// <summary>A picture from the bytes of a JPEG or PNG file.</summary>
    internal static Picture Encoded(int index, long storedBytes, Func<FileContent> load) => new(index, storedBytes, load, draw: null);

    /// <summary>A picture that is made when it is asked for.</summary>
    internal static Picture Drawn(int index, Func<Raster> draw) => new(index, storedBytes: 0, load: null, draw);

    /// <summary>A picture from samples [channels, height, width].</summary>
    internal static Picture Raw(int index, int width, int height, int channels, ReadOnlyMemory<byte> planar) =>
        new(index, planar.Length, load: null, () => Raster.FromPlanar(width, height, channels, planar.Span));
}
