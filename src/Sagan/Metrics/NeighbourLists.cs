namespace Sagan.Metrics;

/// <summary>
/// For each of many pictures the nearest ones met so far. Candidates wait until a handful is there; then their distances are
/// computed, and the farthest of those kept becomes the limit that further candidates have to meet.
/// </summary>
internal sealed class NeighbourLists
{
    private const int Handful = 16;

    private readonly FeatureSet _queries;
    private readonly FeatureSet _references;
    private readonly int _kept;
    private readonly Neighbour[] _nearest;
    private readonly int[] _known;
    private readonly int[] _waiting;
    private readonly int[] _waitingCounts;

    internal NeighbourLists(FeatureSet queries, FeatureSet references, int kept)
    {
        _queries = queries;
        _references = references;
        _kept = kept;
        _nearest = new Neighbour[queries.Count * kept];
        _known = new int[queries.Count];
        _waiting = new int[queries.Count * Handful];
        _waitingCounts = new int[queries.Count];
        Limits = new float[queries.Count];
        Limits.AsSpan().Fill(float.PositiveInfinity);
    }

    /// <summary>The squared distance that the farthest neighbour kept has, rounded up.</summary>
    internal float[] Limits { get; }

    /// <param name="query">Whose neighbour it may be.</param>
    /// <param name="reference">The candidate.</param>
    /// <param name="bound">What the squared distance is not below; NaN where nothing is known.</param>
    internal void Offer(int query, int reference, float bound)
    {
        if (bound > Limits[query])
            return;
        _waiting[(query * Handful) + _waitingCounts[query]] = reference;
        if (++_waitingCounts[query] == Handful)
            Settle(query);
    }

    /// <summary>The neighbours of all pictures, one behind the other, each nearest first; of two equally near the first in its set.</summary>
    internal Neighbour[] Finish()
    {
        for (int query = 0; query < _queries.Count; query++)
            Settle(query);
        return _nearest;
    }

    private void Settle(int query)
    {
        foreach (int reference in _waiting.AsSpan(query * Handful, _waitingCounts[query]))
            Insert(query, new Neighbour(reference, SquaredDistance.Between(_queries.Row(query), _references.Row(reference))));

        _waitingCounts[query] = 0;
        if (_known[query] == _kept)
            Limits[query] = DistanceTiles.RoundUp(_nearest[(query * _kept) + _kept - 1].SquaredDistance);
    }

    private void Insert(int query, Neighbour found)
    {
        Span<Neighbour> nearest = _nearest.AsSpan(query * _kept, _kept);
        int place = _known[query];
        if (place == _kept && !IsNearer(found, nearest[--place]))
            return;

        for (; place > 0 && IsNearer(found, nearest[place - 1]); place--)
            nearest[place] = nearest[place - 1];
        nearest[place] = found;
        _known[query] = Math.Min(_known[query] + 1, _kept);
    }

    private static bool IsNearer(Neighbour one, Neighbour other) =>
        one.SquaredDistance < other.SquaredDistance || (one.SquaredDistance == other.SquaredDistance && one.Index < other.Index);
}
