namespace Sagan.Metrics;

/// <summary>The nearest pictures of each picture by Euclidean distance of their features: exact, in memory that does not grow with the number of pairs.</summary>
/// <remarks>On the host. A set of 50,000 pictures of 2,048 features takes 5·10¹² multiplications against another, and half of that within itself.</remarks>
public sealed class NearestNeighbours
{
    private readonly Neighbour[] _neighbours;

    private NearestNeighbours(FeatureSet queries, int kept, Neighbour[] neighbours)
    {
        Queries = queries;
        Kept = kept;
        _neighbours = neighbours;
    }

    /// <summary>The pictures whose neighbours these are.</summary>
    public FeatureSet Queries { get; }

    /// <summary>Neighbours of each picture.</summary>
    public int Kept { get; }

    /// <summary>Neighbours inside a set; no picture is its own, but an equal one at another place is.</summary>
    /// <param name="set">The pictures.</param>
    /// <param name="kept">Neighbours of each.</param>
    /// <exception cref="MetricException">The set has not that many others.</exception>
    public static NearestNeighbours Within(FeatureSet set, int kept)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1);
        MetricException.RequirePictures($"{kept} nearest neighbours", "feature", set.Count, kept + 1);

        var lists = new NeighbourLists(set, set, kept);
        DistanceTiles.Within(set).Visit(lists.Limits, lists.Limits, (row, column, bound) =>
        {
            lists.Offer(row, column, bound);
            lists.Offer(column, row, bound);
        });
        return new NearestNeighbours(set, kept, lists.Finish());
    }

    /// <summary>Neighbours in another set.</summary>
    /// <param name="queries">The pictures whose neighbours are wanted.</param>
    /// <param name="references">Where they are looked for.</param>
    /// <param name="kept">Neighbours of each.</param>
    /// <exception cref="MetricException">Different extractors, or too few references.</exception>
    public static NearestNeighbours Between(FeatureSet queries, FeatureSet references, int kept)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentOutOfRangeException.ThrowIfLessThan(kept, 1);
        MetricException.RequireSameWidth("nearest neighbours", queries.Width, references.Width);
        MetricException.RequirePictures($"{kept} nearest neighbours", "reference", references.Count, kept);

        var lists = new NeighbourLists(queries, references, kept);
        var unlimited = new float[references.Count];
        unlimited.AsSpan().Fill(float.NegativeInfinity);
        DistanceTiles.Between(queries, references).Visit(lists.Limits, unlimited, lists.Offer);
        return new NearestNeighbours(queries, kept, lists.Finish());
    }

    /// <summary>The neighbours of one picture, nearest first; of two equally near the first in its set.</summary>
    public ReadOnlySpan<Neighbour> Of(int query)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(query, Queries.Count);
        return _neighbours.AsSpan(query * Kept, Kept);
    }
}
