using Sagan.Imaging;

namespace Sagan.Training.Collapse;

/// <summary>Compares how far apart a grid's pictures of one class are with how far apart real ones are.</summary>
/// <remarks>
/// Root mean square differences of pixels: crude beside a network's features, but exact, quick and enough to notice pictures
/// that are nearly equal. It says nothing of quality; noise is diverse.
/// </remarks>
internal sealed class DiversityMeter
{
    private readonly IReadOnlyList<string> _classNames;
    private readonly bool _conditional;
    private readonly double[] _real;

    /// <param name="reals">Real pictures, one class a row; a row may be short.</param>
    /// <param name="classNames">Names of the rows.</param>
    /// <param name="conditional">False: a row of the grid holds pictures of every kind, and is compared with such.</param>
    internal DiversityMeter(IReadOnlyList<IReadOnlyList<Raster>> reals, IReadOnlyList<string> classNames, bool conditional)
    {
        _classNames = classNames;
        _conditional = conditional;
        _real = conditional ? [.. reals.Select(Distance)] : [Distance([.. reals.SelectMany(row => row)])];
    }

    /// <summary>Measures a grid; null where there are no two different real pictures of a class to compare with.</summary>
    /// <param name="fakes">One class a row.</param>
    internal GridDiversity? Measure(IReadOnlyList<IReadOnlyList<Raster>> fakes)
    {
        (string Class, double Share)[] shares =
        [
            .. fakes
                .Take(_real.Length)
                .Select((row, i) => (Class: _conditional ? _classNames[i] : "all", Share: Distance(row) / _real[i]))
                .Where(entry => double.IsFinite(entry.Share)),
        ];
        if (shares is [])
            return null;
        (string name, double least) = shares.MinBy(entry => entry.Share);
        return new GridDiversity(shares.Average(entry => entry.Share), name, least);
    }

    /// <summary>Root mean square difference between two of the pictures, black to white being 1; 0 where there are fewer than two.</summary>
    /// <remarks>The mean square distance of pairs is twice the variance: no need to look at pairs.</remarks>
    internal static double Distance(IReadOnlyList<Raster> pictures)
    {
        int count = pictures.Count;
        if (count < 2)
            return 0;

        long[] sums = new long[pictures[0].Pixels.Length];
        long squares = 0;
        foreach (Raster picture in pictures)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                int value = picture.Pixels[i];
                sums[i] += value;
                squares += value * value;
            }
        }

        double between = squares - (sums.Sum(sum => (double)sum * sum) / count);
        return Math.Sqrt(Math.Max(0, 2 * between / ((count - 1.0) * sums.Length))) / byte.MaxValue;
    }
}
