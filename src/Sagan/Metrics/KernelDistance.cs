using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>
/// Kernel distance of two sets of features, a squared maximum mean discrepancy averaged over random subsets; of the features
/// of the Inception network it is the KID (Bińkowski et al. 2018, "Demystifying MMD GANs"). Unlike FID it has no bias in N.
/// </summary>
/// <remarks>In double precision. Values are the plain ones: papers often quote a thousand times as much.</remarks>
/// <param name="Value">Mean over subsets; may lie below zero for sets that are alike.</param>
/// <param name="Deviation">Standard deviation over subsets, divided by their number (numpy's ddof 0). It is no error of the mean.</param>
/// <param name="Each">The estimate of each subset.</param>
/// <param name="Config">How it was estimated.</param>
public sealed record KernelDistance(double Value, double Deviation, IReadOnlyList<double> Each, KernelDistanceConfig Config)
{
    private const string Name = "kernel distance";

    // Rows and columns of a piece of the kernel matrix: 8 MiB of doubles, a few times.
    private const int Tile = 1024;

    /// <summary>The distance.</summary>
    /// <param name="first">One set; torch-fidelity's input 1, stylegan3's generated pictures.</param>
    /// <param name="second">The other set.</param>
    /// <param name="config">How to estimate; null for torch-fidelity's way.</param>
    /// <exception cref="MetricException">Different extractors, or a set has fewer pictures than a subset.</exception>
    public static KernelDistance Between(FeatureSet first, FeatureSet second, KernelDistanceConfig? config = null)
    {
        config ??= new KernelDistanceConfig();
        (int[] First, int[] Second)[] subsets = [.. Draw(first, second, config)];
        double[] each = [.. subsets.Select(subset => Estimate(first.At(subset.First), second.At(subset.Second), config.Estimator, config.Kernel))];

        double mean = each.Average();
        return new KernelDistance(mean, Math.Sqrt(each.Average(value => (value - mean) * (value - mean))), each, config);
    }

    /// <summary>One estimate from all pictures of both sets, in tiles, so that their number is limited by time alone.</summary>
    /// <param name="first">One set, of at least 2 pictures.</param>
    /// <param name="second">The other, of at least 2.</param>
    /// <param name="estimator">Which pairs are summed.</param>
    /// <param name="kernel">How pairs are compared; null for KID's polynomial of degree 3.</param>
    /// <exception cref="MetricException">Different extractors, too few pictures, or different sizes where the estimator wants one.</exception>
    public static double Estimate(FeatureSet first, FeatureSet second, KernelEstimator estimator = KernelEstimator.Unbiased, FeatureKernel? kernel = null)
    {
        Require(first, second, 2);
        if (estimator == KernelEstimator.UStatistic && first.Count != second.Count)
            throw new MetricException($"{Name}: the u-statistic wants two sets of one size, here are {first.Count} and {second.Count} pictures; take as many of both, or the unbiased estimator");

        kernel ??= new PolynomialKernel();
        double m = first.Count, n = second.Count;
        (double all, double diagonal) ours = Sum(first, first, kernel), theirs = Sum(second, second, kernel), across = Sum(first, second, kernel);
        return estimator switch
        {
            KernelEstimator.Biased => (ours.all / (m * m)) + (theirs.all / (n * n)) - (2 * across.all / (m * n)),
            KernelEstimator.Unbiased => Inside(ours, m) + Inside(theirs, n) - (2 * across.all / (m * n)),
            KernelEstimator.UStatistic => Inside(ours, m) + Inside(theirs, n) - (2 * Inside(across, m)),
            _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "Unknown estimator."),
        };
    }

    /// <summary>Which pictures each subset looks at.</summary>
    /// <exception cref="MetricException">Different extractors, or a set has fewer pictures than a subset.</exception>
    internal static IEnumerable<(int[] First, int[] Second)> Draw(FeatureSet first, FeatureSet second, KernelDistanceConfig config)
    {
        Require(first, second, 2);
        int most = Math.Min(first.Count, second.Count);
        if (config.Subsets < 1 || config.SubsetSize < 2)
            throw new MetricException($"{Name}: {config.Subsets} subsets of {config.SubsetSize} pictures cannot be; take 1 or more, of 2 or more");
        if (config.SubsetSize > most)
            throw new MetricException($"{Name}: subsets of {config.SubsetSize} pictures cannot be drawn from {most}; give more pictures, or smaller subsets");

        var random = new NumpyRandom(config.Seed);
        return Enumerable.Range(0, config.Subsets)
            .Select(_ => (random.Permutation(first.Count)[..config.SubsetSize], random.Permutation(second.Count)[..config.SubsetSize]));
    }

    private static double Inside((double All, double Diagonal) sum, double count) => (sum.All - sum.Diagonal) / (count * (count - 1));

    private static void Require(FeatureSet first, FeatureSet second, int least)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        MetricException.RequireSameWidth(Name, first.Width, second.Width);
        MetricException.RequirePictures(Name, "first", first.Count, least);
        MetricException.RequirePictures(Name, "second", second.Count, least);
    }

    /// <summary>Sum of the kernel over all pairs, and over those of equal places.</summary>
    private static (double All, double Diagonal) Sum(FeatureSet rows, FeatureSet columns, FeatureKernel kernel)
    {
        double all = 0, diagonal = 0;
        for (int row = 0; row < rows.Count; row += Tile)
        {
            using Scope scope = Scope.Open();
            Tensor first = rows.Rows(row, Math.Min(Tile, rows.Count - row)).To(DType.Float64);
            for (int column = 0; column < columns.Count; column += Tile)
            {
                using Scope tile = Scope.Open();
                Tensor values = kernel.Of(first, columns.Rows(column, Math.Min(Tile, columns.Count - column)).To(DType.Float64));
                all += values.Sum().Item();
                diagonal += row == column ? values.Diagonal().Sum().Item() : 0;
            }
        }

        return (all, diagonal);
    }
}
