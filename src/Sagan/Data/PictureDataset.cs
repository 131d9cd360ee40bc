namespace Sagan.Data;

/// <summary>Pictures decoded once into a cache file and read from there.</summary>
public sealed class PictureDataset : Dataset
{
    private readonly DecodedCache _cache;
    private readonly CacheMetadata _metadata;
    private readonly int[] _labels;

    private PictureDataset(DecodedCache cache)
    {
        _cache = cache;
        _metadata = cache.Metadata;
        _labels = [.. _metadata.Labels];
    }

    /// <inheritdoc/>
    public override string Name => _metadata.Name;

    /// <summary>What the source was recognised as.</summary>
    public string Description => _metadata.Description;

    /// <inheritdoc/>
    public override string Fingerprint => _metadata.Fingerprint;

    /// <inheritdoc/>
    public override int Count => _labels.Length;

    /// <inheritdoc/>
    public override int Channels => _metadata.Channels;

    /// <inheritdoc/>
    public override int Height => _metadata.Resolution;

    /// <inheritdoc/>
    public override int Width => _metadata.Resolution;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => _metadata.ClassNames;

    /// <summary>Things a person should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _metadata.Warnings;

    /// <summary>Pictures that were left out because they cannot be decoded.</summary>
    public IReadOnlyList<BadPicture> Bad => _metadata.Bad;

    /// <summary>Opens pictures; they are decoded when this source and these wishes are met for the first time.</summary>
    /// <param name="config">Where the pictures are and how they shall be.</param>
    /// <param name="progress">Told about the decoding, at most ten times a second.</param>
    /// <param name="cacheFolder">Where cache files go; null is $SAGAN_CACHE/data or sagan/data in the user's cache folder.</param>
    /// <exception cref="DataException">The source cannot be used, or has bad pictures that are not to be skipped.</exception>
    public static PictureDataset Open(PicturesConfig config, IProgress<DataProgress>? progress = null, string? cacheFolder = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        TransformChoice.Check(config);
        FolderTree? folder = Directory.Exists(config.Path) ? new FolderTree(config.Path) : null;
        string file = CacheFolder.FileFor(cacheFolder ?? CacheFolder.Default(), config, folder);
        DecodedCache cache = DecodedCache.TryOpen(file) ?? Build(config, folder, file, progress);

        var dataset = new PictureDataset(cache);
        try
        {
            BadPictures.Judge(config.Path, dataset.Bad, dataset.Count, config.SkipBad);
            return dataset;
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override int LabelOf(int index) => _labels[index];

    /// <summary>The path of a picture inside its source.</summary>
    public string PictureNameOf(int index) => _metadata.PictureNames[index];

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> chw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        if (chw.Length != BytesPerPicture)
            throw new ArgumentException($"A picture has {BytesPerPicture} bytes, not {chw.Length}.", nameof(chw));
        _cache.Read(index, chw);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _cache.Dispose();
        base.Dispose(disposing);
    }

    private static DecodedCache Build(PicturesConfig config, FolderTree? folder, string file, IProgress<DataProgress>? progress)
    {
        progress?.Report(new DataProgress("Listing", 0, null));
        using PictureSource source = PictureSources.Open(folder ?? FileTree.Open(config.Path), config.Split);
        PictureTransform transform = Choose(config, source, progress);
        new DecodedCacheBuilder(file, source, transform, progress).Build();
        return DecodedCache.TryOpen(file) ?? throw new DataException($"The cache file '{file}' was damaged while it was written; is the disk healthy?");
    }

    private static PictureTransform Choose(PicturesConfig config, PictureSource source, IProgress<DataProgress>? progress)
    {
        if (config is { Resolution: int resolution, Channels: int channels })
            return new PictureTransform(channels, resolution, config.AlphaOn);

        progress?.Report(new DataProgress("Reading sizes", 0, source.Entries.Count));
        return TransformChoice.For(config, source.ReadHeaders());
    }
}
