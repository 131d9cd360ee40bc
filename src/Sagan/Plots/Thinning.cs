namespace Sagan.Plots;

/// <summary>Fewer points that look the same: of each pixel's column the first, the least, the greatest and the last.</summary>
internal static class Thinning
{
    /// <param name="points">In order of x, in pixels.</param>
    internal static IEnumerable<(double X, double Y)> Thin(IReadOnlyList<(double X, double Y)> points)
    {
        for (int start = 0; start < points.Count;)
        {
            int end = start;
            int least = start, most = start;
            for (; end < points.Count && Math.Floor(points[end].X) == Math.Floor(points[start].X); end++)
            {
                least = points[end].Y < points[least].Y ? end : least;
                most = points[end].Y > points[most].Y ? end : most;
            }

            foreach (int i in new SortedSet<int> { start, least, most, end - 1 })
                yield return points[i];
            start = end;
        }
    }
}
