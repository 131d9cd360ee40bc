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

    /// <summary>The distance.</summary>
    /// <param name="first">One set; torch-fidelity's input 1, stylegan3's generated pictures.</param>
    /// <param name="second">The other set.</param>
    /// <param name="config">How to estimate; null for torch-fidelity's way.</param>
    /// <exception cref="MetricException">Different extractors, or a set has fewer pictures than a subset.</exception>
    public static KernelDistance Between(FeatureSet first, FeatureSet second, KernelDistanceConfig? config = null)
    {
        config ??= new KernelDistanceConfig();
        (int[] First, int[] Second)[] subsets = [.. Draw(first, second, config)];
        double[] each = IsLessInOnePass(first.Count, second.Count, config)
            ? InOnePass(first, second, subsets, config)
            : [.. subsets.Select(subset => Estimate(first.At(subset.First), second.At(subset.Second), config.Estimator, config.Kernel))];

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
        return Combine(estimator, KernelSums.Of(first, first, kernel), KernelSums.Of(second, second, kernel), KernelSums.Of(first, second, kernel), first.Count, second.Count);
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

    // Subsets of small sets look at the same pairs again and again. A u-statistic leaves out other pairs in each.
    private static bool IsLessInOnePass(double first, double second, KernelDistanceConfig config)
    {
        double pairs = (first * first) + (second * second) + (first * second), ofSubsets = 3.0 * config.Subsets * config.SubsetSize * config.SubsetSize;
        return config.Estimator != KernelEstimator.UStatistic && pairs <= ofSubsets;
    }

    private static double[] InOnePass(FeatureSet first, FeatureSet second, (int[] First, int[] Second)[] subsets, KernelDistanceConfig config)
    {
        int[][] ofFirst = [.. subsets.Select(subset => subset.First)], ofSecond = [.. subsets.Select(subset => subset.Second)];
        KernelSums[] ours = KernelSums.OfSubsets(first, first, config.Kernel, ofFirst, ofFirst);
        KernelSums[] theirs = KernelSums.OfSubsets(second, second, config.Kernel, ofSecond, ofSecond);
        KernelSums[] across = KernelSums.OfSubsets(first, second, config.Kernel, ofFirst, ofSecond);
        return [.. subsets.Select((subset, i) => Combine(config.Estimator, ours[i], theirs[i], across[i], subset.First.Length, subset.Second.Length))];
    }

    private static double Combine(KernelEstimator estimator, KernelSums ours, KernelSums theirs, KernelSums across, double m, double n) => estimator switch
    {
        KernelEstimator.Biased => (ours.All / (m * m)) + (theirs.All / (n * n)) - (2 * across.All / (m * n)),
        KernelEstimator.Unbiased => Inside(ours, m) + Inside(theirs, n) - (2 * across.All / (m * n)),
        KernelEstimator.UStatistic => Inside(ours, m) + Inside(theirs, n) - (2 * Inside(across, m)),
        _ => throw new ArgumentOutOfRangeException(nameof(estimator), estimator, "Unknown estimator."),
    };

    private static double Inside(KernelSums sums, double count) => (sums.All - sums.Diagonal) / (count * (count - 1));

    private static void Require(FeatureSet first, FeatureSet second, int least)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        MetricException.RequireSameWidth(Name, first.Width, second.Width);
        MetricException.RequirePictures(Name, "first", first.Count, least);
        MetricException.RequirePictures(Name, "second", second.Count, least);
    }
}
