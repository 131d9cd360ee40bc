using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Fills in what a config leaves open about the transform, from the headers of the pictures.</summary>
internal static class TransformChoice
{
    private static readonly int[] s_resolutions = [256, 128, 64];
    private const int SmallestResolution = 32;

    /// <exception cref="DataException">Impossible wishes, or nothing can be inferred because no header is readable.</exception>
    public static PictureTransform For(PicturesConfig config, IReadOnlyList<ImageHeader?> headers)
    {
        Check(config);
        List<ImageHeader> readable = [.. headers.OfType<ImageHeader>()];
        if (readable.Count == 0)
            throw new DataException($"None of the {headers.Count} pictures in '{config.Path}' can be read; are they JPEG or PNG?");

        int channels = config.Channels ?? (readable.TrueForAll(header => header.IsGray) ? 1 : 3);
        int resolution = config.Resolution ?? ResolutionFor(readable);
        return new PictureTransform(channels, resolution, config.AlphaOn);
    }

    /// <exception cref="DataException">A value that no data set can have.</exception>
    public static void Check(PicturesConfig config)
    {
        if (config.Channels is not (null or 1 or 3))
            throw new DataException($"channels is {config.Channels}; pictures have 1 (gray) or 3 (colour).");
        if (config.Resolution is < 1 or > 4096)
            throw new DataException($"resolution is {config.Resolution}; it has to be from 1 to 4096 pixels.");
    }

    private static int ResolutionFor(List<ImageHeader> headers)
    {
        int mostCommon = headers.CountBy(header => header.ShortSide)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .First().Key;
        return Array.Find(s_resolutions, resolution => resolution <= mostCommon) is > 0 and int found ? found : SmallestResolution;
    }
}
