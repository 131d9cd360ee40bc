using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>Pictures in a folder or archive: class folders, dataset.json, CIFAR or MNIST files.</summary>
public sealed record PicturesConfig : DatasetConfig
{
    /// <summary>A folder, or a .zip, .tar, .tar.gz file.</summary>
    public required string Path { get; init; }

    /// <summary>Which part, such as "train" or "test"; null takes "train" where there are parts.</summary>
    public string? Split { get; init; }

    /// <summary>
    /// Side in pixels after cutting to a square; null takes the power of two from 32 to 256 that is
    /// not above the most common short side.
    /// </summary>
    public int? Resolution { get; init; }

    /// <summary>1 or 3; null takes 1 when every picture is gray, else 3.</summary>
    public int? Channels { get; init; }

    /// <summary>The colour that shows through transparent pixels; null ignores transparency.</summary>
    public Rgb? AlphaOn { get; init; }

    /// <summary>Leave out pictures that cannot be decoded, rather than refuse the data set.</summary>
    public bool SkipBad { get; init; }

    /// <inheritdoc/>
    public override Dataset Open(IProgress<DataProgress>? progress = null) => PictureDataset.Open(this, progress);

    /// <inheritdoc/>
    public override DatasetConfig WithResolution(int resolution) => this with { Resolution = resolution };
}
