using System.Security.Cryptography;
using Sagan.Data;
using Sagan.Models;

namespace Sagan.Evaluation;

/// <summary>Pictures of a generator as a data set, as many of each class, all in memory: to train a classifier on.</summary>
public sealed class DrawnDataset : Dataset
{
    private readonly List<byte[]> _pictures = [];
    private readonly ImageSpec _images;
    private readonly int _perClass;

    /// <summary>Draws them all.</summary>
    /// <param name="pictures">Whose; of classes.</param>
    /// <param name="images">What its pictures are like.</param>
    /// <param name="perClass">Pictures of each class.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <exception cref="ConfigException">The network draws without classes.</exception>
    /// <exception cref="DataException">They take more than half of the memory.</exception>
    public DrawnDataset(DrawnPictures pictures, ImageSpec images, int perClass, IProgress<DataProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        if (pictures.ClassNames.Count == 0)
            throw new ConfigException("network", $"{pictures.Name} draws without classes, so that there is nothing for a classifier to learn");
        RequireMemory((long)perClass * pictures.ClassNames.Count, images);
        _images = images;
        _perClass = perClass;
        Name = $"{pictures.Name}, drawn";
        ClassNames = pictures.ClassNames;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int label = 0; label < ClassNames.Count; label++)
        {
            foreach (PixelRun run in pictures.OfClass(label).Read(perClass))
            {
                hash.AppendData(run.Pixels);
                _pictures.AddRange(run.Pixels.Chunk(BytesPerPicture));
                progress?.Report(new DataProgress("Drawing", _pictures.Count, Count));
            }
        }

        Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override int Count => _perClass * ClassNames.Count;

    /// <inheritdoc/>
    public override int Channels => _images.Channels;

    /// <inheritdoc/>
    public override int Height => _images.Resolution;

    /// <inheritdoc/>
    public override int Width => _images.Resolution;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override int LabelOf(int index) => index / _perClass;

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> chw) => _pictures[index].CopyTo(chw);

    private static void RequireMemory(long count, ImageSpec images)
    {
        double needed = (double)count * images.Channels * images.Resolution * images.Resolution, there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (count > Array.MaxLength || needed > there / 2)
            throw new DataException(FormattableString.Invariant($"{count} drawn pictures take {needed / (1 << 30):0.0} GiB of memory, of {there / (1 << 30):0.0}; draw fewer of each class"));
    }
}
