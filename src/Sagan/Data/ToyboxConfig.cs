using Sagan.Data.Toybox;

namespace Sagan.Data;

/// <summary>The built-in procedural pictures: ten classes whose structure is long-range.</summary>
public sealed record ToyboxConfig : DatasetConfig
{
    /// <summary>Side in pixels, 8 to 128.</summary>
    public int Resolution { get; init; } = 32;

    /// <summary>Pictures in each class.</summary>
    public int PerClass { get; init; } = 5000;

    /// <summary>Another seed, other pictures of the same kinds.</summary>
    public long Seed { get; init; }

    /// <inheritdoc/>
    public override Dataset Open(IProgress<DataProgress>? progress = null)
    {
        if (Resolution is < ToyboxPictures.MinResolution or > ToyboxPictures.MaxResolution)
            throw new DataException($"toybox: resolution {Resolution} is outside {ToyboxPictures.MinResolution} to {ToyboxPictures.MaxResolution}; choose one within with --resolution");
        if (PerClass < 1)
            throw new DataException($"toybox: perClass is {PerClass}; a class needs at least one picture");
        return new ToyboxDataset(this);
    }

    /// <inheritdoc/>
    public override DatasetConfig WithResolution(int resolution) => this with { Resolution = resolution };
}
