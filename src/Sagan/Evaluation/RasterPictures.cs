using Sagan.Imaging;

namespace Sagan.Evaluation;

/// <summary>Pictures in memory.</summary>
/// <param name="name">Whose they are.</param>
/// <param name="pictures">Of any sizes.</param>
/// <param name="labels">The class of each.</param>
public sealed class RasterPictures(string name, IReadOnlyList<Raster> pictures, IReadOnlyList<int> labels) : PictureSeries
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string? Fingerprint => null;

    /// <inheritdoc/>
    public override int? Count => pictures.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => [];

    /// <inheritdoc/>
    public override IEnumerable<PixelRun> Read(int count)
    {
        foreach ((Raster picture, int label) in pictures.Zip(labels).Take(count))
        {
            byte[] pixels = new byte[picture.Pixels.Length];
            picture.CopyPlanar(pixels);
            yield return new PixelRun(pixels, [label], picture.Channels, picture.Height, picture.Width);
        }
    }
}
