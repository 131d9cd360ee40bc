namespace Sagan.Metrics;

/// <summary>How a <see cref="KernelDistance"/> is estimated. The defaults are torch-fidelity's, down to which pictures it draws.</summary>
public sealed record KernelDistanceConfig
{
    /// <summary>Subsets drawn, whose estimates are averaged.</summary>
    public int Subsets { get; init; } = 100;

    /// <summary>Pictures of each set in a subset; drawn without repetition.</summary>
    public int SubsetSize { get; init; } = 1000;

    /// <summary>Seed of numpy's RandomState, from which the first set's pictures of a subset are drawn, then the second's.</summary>
    public uint Seed { get; init; } = 2020;

    /// <summary>Which pairs are summed.</summary>
    public KernelEstimator Estimator { get; init; } = KernelEstimator.Unbiased;

    /// <summary>How pairs are compared.</summary>
    public FeatureKernel Kernel { get; init; } = new PolynomialKernel();
}
