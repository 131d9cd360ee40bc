using Sagan.Layers;

namespace Sagan.Exploration;

/// <summary>Finds places in a picture that look at different things.</summary>
/// <remarks>
/// The distance of two positions is half the sum of absolute differences of their maps: the share of attention that goes
/// elsewhere. The first chosen position is the one farthest from the average map; then always the one whose nearest chosen
/// position is farthest. Positions at the rim, where padding rather than the picture speaks, are left out.
/// </remarks>
public static class QueryChoice
{
    /// <summary>Chooses places by the map with the most positions.</summary>
    /// <param name="maps">Of one picture.</param>
    /// <param name="count">How many; fewer where there are not as many positions.</param>
    /// <param name="width">Pixels in a row of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public static IReadOnlyList<QueryPoint> Farthest(IReadOnlyList<AttentionMap> maps, int count, int width, int height)
    {
        AttentionMap map = maps.MaxBy(one => one.Queries) ?? throw new ArgumentException("There is no map to choose by.", nameof(maps));
        int[] positions = [.. Inner(map)];
        float[] average = Average(map);
        double[] nearest = Array.ConvertAll(positions, position => Distance(map.Of(position), average));

        var chosen = new List<QueryPoint>();
        while (chosen.Count < Math.Min(count, positions.Length))
        {
            int farthest = Array.IndexOf(nearest, nearest.Max());
            ReadOnlySpan<float> its = map.Of(positions[farthest]);
            for (int i = 0; i < positions.Length; i++)
            {
                double distance = Distance(map.Of(positions[i]), its);
                nearest[i] = chosen.Count == 0 ? distance : Math.Min(nearest[i], distance);
            }

            // Equal maps are all at distance 0: never the same position twice.
            nearest[farthest] = -1;
            chosen.Add(QueryPoint.MiddleOf(positions[farthest], map.Width, map.Height, width, height));
        }

        return chosen;
    }

    private static IEnumerable<int> Inner(AttentionMap map)
    {
        int rim = Math.Min(map.Height, map.Width) >= 8 ? 1 : 0;
        return from y in Enumerable.Range(rim, map.Height - (2 * rim))
               from x in Enumerable.Range(rim, map.Width - (2 * rim))
               select (y * map.Width) + x;
    }

    private static float[] Average(AttentionMap map)
    {
        float[] average = new float[map.Keys];
        for (int query = 0; query < map.Queries; query++)
        {
            ReadOnlySpan<float> weights = map.Of(query);
            for (int i = 0; i < average.Length; i++)
                average[i] += weights[i] / map.Queries;
        }

        return average;
    }

    private static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum / 2;
    }
}
