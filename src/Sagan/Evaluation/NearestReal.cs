using System.Globalization;
using System.Text;
using Sagan.Data;
using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Tensors.Files;

namespace Sagan.Evaluation;

/// <summary>
/// The real pictures nearest to each sample, and how near that is: whether a network draws pictures of its own, or those that
/// it was shown.
/// </summary>
/// <remarks>
/// The ruler is the data's own: how far real pictures are from their nearest other one. Of a perfect network one sample in
/// a hundred falls below <see cref="CloseDistance"/>, too, as one real picture in a hundred does.
/// </remarks>
public sealed class NearestReal
{
    private const int MostMeasured = 5000;
    private const double CloseShare = 0.01, CloseFactor = 0.1;

    private NearestReal(IReadOnlyList<IReadOnlyList<NearPicture>> samples, double typical, double close)
    {
        Samples = samples;
        TypicalDistance = typical;
        CloseDistance = close;
    }

    /// <summary>For each sample its nearest real pictures, nearest first.</summary>
    public IReadOnlyList<IReadOnlyList<NearPicture>> Samples { get; }

    /// <summary>Median distance of real pictures (at most 5000 of them, evenly spaced) to their nearest other one.</summary>
    public double TypicalDistance { get; }

    /// <summary>
    /// One real picture in a hundred has its nearest within this distance; where that is less, a tenth of
    /// <see cref="TypicalDistance"/>, so that data with copies in them do not hide copies.
    /// </summary>
    public double CloseDistance { get; }

    /// <summary>Looks at samples and real pictures.</summary>
    /// <param name="samples">A series with an end.</param>
    /// <param name="real">A series with an end.</param>
    /// <param name="extractor">Its features are compared; stays its owner's.</param>
    /// <param name="neighbours">Real pictures of each sample.</param>
    /// <param name="cache">Where features of real pictures are kept; null: <see cref="ReferenceCache.Default"/>.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="stop">Ends it between two batches.</param>
    /// <exception cref="MetricException">There are too few real pictures, or more than half of them are copies of others.</exception>
    public static NearestReal Find(
        PictureSeries samples, PictureSeries real, FeatureExtractor extractor, int neighbours,
        ReferenceCache? cache = null, IProgress<DataProgress>? progress = null, CancellationToken stop = default)
    {
        var collector = new FeatureCollector(extractor, progress, stop);
        CollectedFeatures known = (cache ?? ReferenceCache.Default).Of(real, extractor, collector, rows: true);
        CollectedFeatures drawn = collector.Collect(samples, samples.Count!.Value, rows: true, logits: false);

        double[] distances = [.. DistancesAmong(known.Rows!).Order()];
        double typical = distances[distances.Length / 2];
        if (typical == 0)
            throw new MetricException($"{real.Name}: more than half of the pictures are copies of others, so that no distance is typical; compare with data without copies");

        double close = Math.Max(distances[(int)(CloseShare * distances.Length)], CloseFactor * typical);
        NearestNeighbours found = NearestNeighbours.Between(drawn.Rows!, known.Rows!, neighbours);
        return new NearestReal([.. Enumerable.Range(0, drawn.Count).Select(sample => Near(found.Of(sample), known.Labels, typical))], typical, close);
    }

    /// <summary>Whether a sample lies as near to a real picture as hardly any two real pictures do.</summary>
    /// <param name="sample">Its place.</param>
    public bool IsClose(int sample) => Samples[sample][0].Distance <= CloseDistance;

    /// <summary>Writes all distances as CSV, a line each sample and neighbour; the file appears whole or not at all.</summary>
    /// <param name="path">Replaced if there.</param>
    /// <param name="seeds">Of the samples.</param>
    /// <param name="labels">Of the samples.</param>
    public void WriteTable(string path, IReadOnlyList<long> seeds, IReadOnlyList<int> labels)
    {
        var text = new StringBuilder("seed,class,rank,real,realClass,distance,relative\n");
        foreach ((int sample, IReadOnlyList<NearPicture> near) in Samples.Index())
        {
            foreach ((int place, NearPicture picture) in near.Index())
                text.Append(CultureInfo.InvariantCulture, $"{seeds[sample]},{labels[sample]},{place + 1},{picture.Index},{picture.Label},{picture.Distance:R},{picture.Relative:R}\n");
        }

        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Two neighbours, since a picture may be found as its own.
    private static IEnumerable<double> DistancesAmong(FeatureSet rows)
    {
        int measured = Math.Min(rows.Count, MostMeasured);
        int[] places = [.. Enumerable.Range(0, measured).Select(i => (int)((long)i * rows.Count / measured))];
        NearestNeighbours nearest = NearestNeighbours.Between(rows.At(places), rows, 2);
        for (int i = 0; i < measured; i++)
        {
            ReadOnlySpan<Neighbour> pair = nearest.Of(i);
            yield return Math.Sqrt((pair[0].Index == places[i] ? pair[1] : pair[0]).SquaredDistance);
        }
    }

    private static NearPicture[] Near(ReadOnlySpan<Neighbour> neighbours, IReadOnlyList<long> labels, double typical)
    {
        var near = new NearPicture[neighbours.Length];
        for (int i = 0; i < near.Length; i++)
        {
            double distance = Math.Sqrt(neighbours[i].SquaredDistance);
            near[i] = new NearPicture(neighbours[i].Index, labels[neighbours[i].Index], distance, distance / typical);
        }

        return near;
    }
}
