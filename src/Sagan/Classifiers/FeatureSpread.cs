namespace Sagan.Classifiers;

/// <summary>How far pictures of one class lie from one another in a classifier's features: a figure of diversity.</summary>
/// <remarks>
/// The root of the mean squared distance between two different pictures of a class, then the mean over classes. It needs
/// sums only: the mean of |f - g|² over pairs is twice the variance with n - 1.
/// </remarks>
/// <param name="classes">Number of classes.</param>
/// <param name="size">Size of a feature vector.</param>
public sealed class FeatureSpread(int classes, int size)
{
    private readonly double[] _sums = new double[classes * size];
    private readonly double[] _squares = new double[classes];
    private readonly long[] _counts = new long[classes];

    /// <summary>The figure, in units of the features; null where no class has two pictures.</summary>
    public double? Value
    {
        get
        {
            double[] spreads = [.. Enumerable.Range(0, classes).Where(label => _counts[label] > 1).Select(Spread)];
            return spreads.Length > 0 ? spreads.Average() : null;
        }
    }

    /// <summary>Counts one picture.</summary>
    public void Add(int label, ReadOnlySpan<float> features)
    {
        Span<double> sums = _sums.AsSpan(label * size, size);
        for (int i = 0; i < size; i++)
        {
            sums[i] += features[i];
            _squares[label] += (double)features[i] * features[i];
        }

        _counts[label]++;
    }

    private double Spread(int label)
    {
        double count = _counts[label], square = 0;
        foreach (double sum in _sums.AsSpan(label * size, size))
            square += sum * sum;
        return Math.Sqrt(Math.Max(0, 2 * (_squares[label] - (square / count)) / (count - 1)));
    }
}
