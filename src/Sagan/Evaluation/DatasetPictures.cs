using Sagan.Data;

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

    internal override IEnumerable<long> Labels() => Enumerable.Range(0, dataset.Count).Select(place => (long)dataset.LabelOf(place));
}
