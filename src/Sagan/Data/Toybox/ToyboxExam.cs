namespace Sagan.Data.Toybox;

/// <summary>Marks a generator that learned the toybox, with the oracle: exact, without a network, at any time.</summary>
/// <param name="resolution">Pixels along each side; the oracle is calibrated from 32.</param>
/// <param name="picturesPerClass">How many pictures of a class are judged, and compared with as many drawn ones.</param>
public sealed class ToyboxExam(int resolution, int picturesPerClass)
{
    // Drawn pictures that nobody trained on: those of a run have seed 0 unless told otherwise.
    private const long ReferenceSeed = 1_000_003;

    /// <summary>Judges pictures of one class.</summary>
    /// <param name="label">The class, 0 to 9.</param>
    /// <param name="pictures">Planar values in [-1, 1], one picture [3, resolution, resolution] after the other.</param>
    public ClassMark Mark(int label, ReadOnlyMemory<float> pictures)
    {
        int size = 3 * resolution * resolution;
        if (pictures.Length != size * picturesPerClass)
            throw new ArgumentException($"{picturesPerClass} pictures of {resolution} pixels a side take {size * picturesPerClass} values; there are {pictures.Length}.", nameof(pictures));

        double[] defects = new double[picturesPerClass];
        Parallel.For(0, picturesPerClass, i => defects[i] = ToyboxOracle.Defect(label, pictures.Span.Slice(i * size, size), resolution));
        return new ClassMark(
            ToyboxPictures.ClassNames[label],
            picturesPerClass,
            Share(defects, defect => defect < 1),
            Share(defects, defect => defect < ToyboxOracle.SoundBelow),
            Math.Sqrt(Variance(pictures.Span, size) / Variance(Drawn(label, size), size)));
    }

    private float[] Drawn(int label, int size)
    {
        float[] values = new float[size * picturesPerClass];
        byte[] chw = new byte[size];
        for (int i = 0; i < picturesPerClass; i++)
        {
            ToyboxPictures.Render(label, i, ReferenceSeed, resolution, chw);
            for (int j = 0; j < size; j++)
                values[(i * size) + j] = (chw[j] / 127.5f) - 1;
        }

        return values;
    }

    private static double Share(double[] defects, Func<double, bool> counts) => defects.Count(counts) / (double)defects.Length;

    /// <summary>The variance over pictures, summed over pixels: half the mean square distance between two of them.</summary>
    private static double Variance(ReadOnlySpan<float> pictures, int size)
    {
        int count = pictures.Length / size;
        double[] sums = new double[size], squares = new double[size];
        for (int i = 0; i < pictures.Length; i++)
        {
            double value = float.IsNaN(pictures[i]) ? 0 : Math.Clamp(pictures[i], -1f, 1f);
            sums[i % size] += value;
            squares[i % size] += value * value;
        }

        double total = 0;
        for (int j = 0; j < size; j++)
            total += (squares[j] / count) - (sums[j] / count * (sums[j] / count));
        return total;
    }
}
