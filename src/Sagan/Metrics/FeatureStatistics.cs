using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>Mean and covariance of feature vectors, in double precision: all that the Fréchet distance needs to know of a set.</summary>
public sealed class FeatureStatistics
{
    private readonly double[] _mean;
    private readonly double[] _covariance;

    /// <summary>Takes over numbers.</summary>
    /// <param name="mean">[width].</param>
    /// <param name="covariance">[width, width] in rows; divided by N - 1 unless said otherwise.</param>
    /// <param name="count">Pictures behind them; null where nobody wrote it down.</param>
    /// <exception cref="MetricException">Sizes do not fit, or a number is not finite.</exception>
    public FeatureStatistics(double[] mean, double[] covariance, long? count)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(covariance);
        if (mean.Length == 0 || covariance.Length != (long)mean.Length * mean.Length)
            throw new MetricException($"statistics: a mean of {mean.Length} numbers goes with a covariance of {(long)mean.Length * mean.Length}, here are {covariance.Length}; they are not of one set");
        if (!mean.All(double.IsFinite) || !covariance.All(double.IsFinite))
            throw new MetricException($"statistics: the {(mean.All(double.IsFinite) ? "covariance" : "mean")} holds NaN or infinity; compute them again");

        _mean = mean;
        _covariance = covariance;
        Count = count;
    }

    /// <summary>Features of a picture.</summary>
    public int Width => _mean.Length;

    /// <summary>Pictures behind the numbers; null where nobody wrote it down.</summary>
    public long? Count { get; }

    /// <summary>Mean, [width].</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Covariance, [width, width] in rows.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>Sum of the variances.</summary>
    public double Trace
    {
        get
        {
            double trace = 0;
            for (int i = 0; i < Width; i++)
                trace += _covariance[i * (Width + 1)];
            return trace;
        }
    }

    /// <summary>Statistics from the sums that stylegan2-ada and stylegan3 store.</summary>
    /// <param name="sum">Sum of x, [width].</param>
    /// <param name="products">Sum of x xᵀ, [width, width].</param>
    /// <param name="count">Pictures.</param>
    /// <exception cref="MetricException">Fewer than two pictures, or sizes do not fit.</exception>
    public static FeatureStatistics FromSums(ReadOnlySpan<double> sum, ReadOnlySpan<double> products, long count)
    {
        MetricException.RequirePictures("covariance", "stored", count, 2);
        double[] covariance = products.ToArray();
        for (int i = 0; i < covariance.Length; i++)
            covariance[i] = (covariance[i] - (sum[i / sum.Length] * sum[i % sum.Length] / count)) / (count - 1);

        double[] mean = sum.ToArray();
        for (int i = 0; i < mean.Length; i++)
            mean[i] /= count;
        return new FeatureStatistics(mean, covariance, count);
    }

    /// <summary>The sums that <see cref="FromSums"/> makes statistics of: of x, and of x xᵀ.</summary>
    /// <exception cref="MetricException">Nobody knows N.</exception>
    internal (double[] Sum, double[] Products) ToSums()
    {
        if (Count is not { } count)
            throw new MetricException("sums: the number of pictures behind the statistics is not known; compute them again with `sagan data stats`");
        double[] products = new double[_covariance.Length];
        for (int i = 0; i < products.Length; i++)
            products[i] = (_covariance[i] * (count - 1)) + (_mean[i / Width] * _mean[i % Width] * count);
        return ([.. _mean.Select(value => value * count)], products);
    }

    /// <summary>The same with a covariance divided by N, as stylegan2-ada and stylegan3 use it.</summary>
    /// <exception cref="MetricException">Nobody knows N.</exception>
    public FeatureStatistics DividedByCount() => Scaled(count => (count - 1) / count);

    /// <summary>The same with a covariance divided by N - 1, where it was divided by N.</summary>
    /// <exception cref="MetricException">Nobody knows N, or it is 1.</exception>
    public FeatureStatistics DividedByCountLessOne() => Scaled(count => count / (count - 1));

    /// <summary>The mean as a tensor [width] of the innermost scope.</summary>
    internal Tensor MeanTensor() => Tensor.From(_mean, Width);

    /// <summary>The covariance as a tensor [width, width] of the innermost scope, to be read only: it lies in the memory of the statistics.</summary>
    internal Tensor CovarianceTensor() => Tensor.Over(_covariance, Width, Width);

    private FeatureStatistics Scaled(Func<double, double> factor)
    {
        if (Count is not > 1)
            throw new MetricException("covariance: the number of pictures behind it is not known, so it cannot be scaled; compute the statistics again with `sagan`");

        double scale = factor(Count.Value);
        return new FeatureStatistics(_mean, [.. _covariance.Select(value => value * scale)], Count);
    }
}
