using Sagan.Data;
using Sagan.Imaging;

namespace Sagan.Evaluation;

/// <summary>Pictures of a folder or archive as they are, each in its own size: what tools like pytorch-fid compare.</summary>
/// <param name="path">A folder, with or without folders of classes, or an archive.</param>
/// <param name="split">Which part, where there are parts.</param>
public sealed class StoredPictures(string path, string? split = null) : PictureSeries
{
    private const int LongestRun = 64;

    private readonly (string Name, int Count, IReadOnlyList<string> Classes) _facts = Look(path, split);

    /// <inheritdoc/>
    public override string Name => _facts.Name;

    /// <inheritdoc/>
    public override string? Fingerprint => null;

    /// <inheritdoc/>
    public override int? Count => _facts.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => _facts.Classes;

    /// <inheritdoc/>
    /// <exception cref="DataException">A picture cannot be decoded; the message names the file.</exception>
    public override IEnumerable<PixelRun> Read(int count)
    {
        using PictureSource source = PictureSources.Open(path, split);
        var run = new List<(Raster Picture, int Label)>();
        foreach ((Raster picture, int label) in Decode(source).Take(count))
        {
            if (run.Count == LongestRun || (run.Count > 0 && !IsAlike(run[0].Picture, picture)))
            {
                yield return Join(run);
                run.Clear();
            }

            run.Add((picture, label));
        }

        if (run.Count > 0)
            yield return Join(run);
    }

    private static (string, int, IReadOnlyList<string>) Look(string path, string? split)
    {
        using PictureSource source = PictureSources.Open(path, split);
        return (source.Name, source.Entries.Count, source.ClassNames);
    }

    private static IEnumerable<(Raster Picture, int Label)> Decode(PictureSource source)
    {
        foreach (PassResult<Raster> result in new PicturePass(source, "Decoding", null).Run(picture => ImageColours.Three(picture.Decode())))
        {
            PictureEntry entry = source.Entries[result.Index];
            yield return (result.Value ?? throw new DataException($"{source.Name}: {entry.Name} cannot be decoded ({result.Failure?.TrimEnd('.')}); repair or remove it."), entry.Label);
        }
    }

    private static bool IsAlike(Raster one, Raster other) => one.Width == other.Width && one.Height == other.Height;

    private static PixelRun Join(List<(Raster Picture, int Label)> run)
    {
        Raster first = run[0].Picture;
        byte[] pixels = new byte[run.Count * first.Pixels.Length];
        for (int i = 0; i < run.Count; i++)
            run[i].Picture.CopyPlanar(pixels.AsSpan(i * first.Pixels.Length, first.Pixels.Length));
        return new PixelRun(pixels, [.. run.Select(entry => entry.Label)], first.Channels, first.Height, first.Width);
    }
}
