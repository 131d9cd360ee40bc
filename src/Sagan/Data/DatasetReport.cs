using Sagan.Imaging;

namespace Sagan.Data;

/// <summary>What one full look at every picture of a source found.</summary>
public sealed record DatasetReport
{
    /// <summary>The source's short name.</summary>
    public required string Name { get; init; }

    /// <summary>What the source was recognised as.</summary>
    public required string Description { get; init; }

    /// <summary>The classes in the order of their labels.</summary>
    public required IReadOnlyList<ClassCount> Classes { get; init; }

    /// <summary>Sizes before any transform, the most common first.</summary>
    public required IReadOnlyList<SizeCount> Sizes { get; init; }

    /// <summary>Colour modes, the most common first.</summary>
    public required IReadOnlyList<ModeCount> Modes { get; init; }

    /// <summary>Pictures that cannot be decoded.</summary>
    public required IReadOnlyList<BadPicture> Bad { get; init; }

    /// <summary>Groups of pictures with equal pixels.</summary>
    public required IReadOnlyList<DuplicatePictures> Duplicates { get; init; }

    /// <summary>What may hurt training, one sentence each; empty when nothing was found.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The first pictures of each class, a row for each class with its name; null when no picture can be decoded.</summary>
    public required Raster? ContactSheet { get; init; }

    /// <summary>Pictures that can be used.</summary>
    public int Count => Classes.Sum(one => one.Count);

    /// <summary>Decodes every picture at full size and reports on it.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="progress">Told about the checking.</param>
    public static DatasetReport Create(PictureSource source, IProgress<DataProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new DatasetInspection(source).Run(progress);
    }

    /// <summary>Reports on the built-in pictures. They follow from a formula, so that only those of the sheet are drawn.</summary>
    /// <exception cref="DataException">The configuration cannot be.</exception>
    public static DatasetReport Create(ToyboxConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var first = new ToyboxSource(config with { PerClass = Math.Min(config.PerClass, Sagan.Data.ContactSheet.PicturesPerClass) });
        int count = config.PerClass * first.ClassNames.Count;
        return Create(first) with
        {
            Classes = [.. first.ClassNames.Select(name => new ClassCount(name, config.PerClass))],
            Sizes = [new SizeCount(config.Resolution, config.Resolution, count)],
            Modes = [new ModeCount("colour", count)],
            Warnings = [],
        };
    }
}
