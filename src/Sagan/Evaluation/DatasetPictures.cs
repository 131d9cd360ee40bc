using Sagan.Data;
using Sagan.Metrics;

namespace Sagan.Evaluation;

/// <summary>The pictures of a data set, as training sees them before they are mirrored.</summary>
/// <param name="dataset">Stays its owner's.</param>
public sealed class DatasetPictures(Dataset dataset) : PictureSeries
{
    private const int RunLength = 256;

    /// <inheritdoc/>
    public override string Name => dataset.Name;

    /// <inheritdoc/>
    public override string Fingerprint => dataset.Fingerprint;

    /// <inheritdoc/>
    public override int? Count => dataset.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => dataset.ClassNames;

    /// <inheritdoc/>
    public override IEnumerable<PixelRun> Read(int count)
    {
        foreach (int[] places in Enumerable.Range(0, count).Chunk(RunLength))
        {
            byte[] pixels = new byte[places.Length * dataset.BytesPerPicture];
            for (int i = 0; i < places.Length; i++)
                dataset.Read(places[i], pixels.AsSpan(i * dataset.BytesPerPicture, dataset.BytesPerPicture));
            yield return new PixelRun(pixels, [.. places.Select(dataset.LabelOf)], dataset.Channels, dataset.Height, dataset.Width);
        }
    }

    /// <inheritdoc/>
    public override PictureSeries Sampled(int count)
    {
        if (count > dataset.Count)
            throw new MetricException(FormattableString.Invariant($"{Name}: has {dataset.Count} pictures and {count} are asked for; take a metric that ends in _full"));
        IEnumerable<int> places = Enumerable.Range(0, count).Select(i => (int)((long)i * dataset.Count / count));
        return new DatasetPictures(new DatasetPart(dataset, FormattableString.Invariant($"{count} of it"), places));
    }

    internal override IEnumerable<long> Labels() => Enumerable.Range(0, dataset.Count).Select(place => (long)dataset.LabelOf(place));
}
