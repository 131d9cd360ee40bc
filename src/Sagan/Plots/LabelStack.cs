namespace Sagan.Plots;

/// <summary>Labels at the ends of lines, moved apart so that none lies on another.</summary>
internal static class LabelStack
{
    /// <param name="wanted">Where each label would like to be, in pixels.</param>
    /// <param name="height">Room that each takes.</param>
    /// <param name="top">Not above.</param>
    /// <param name="bottom">Not below.</param>
    /// <returns>Where each goes, in the order given.</returns>
    internal static double[] Place(IReadOnlyList<double> wanted, double height, double top, double bottom)
    {
        int[] order = [.. Enumerable.Range(0, wanted.Count).OrderBy(i => wanted[i])];
        double[] places = [.. wanted];

        double least = top;
        foreach (int i in order)
        {
            places[i] = Math.Max(places[i], least);
            least = places[i] + height;
        }

        double most = bottom;
        foreach (int i in order.Reverse())
        {
            places[i] = Math.Min(places[i], most);
            most = places[i] - height;
        }

        return places;
    }
}
