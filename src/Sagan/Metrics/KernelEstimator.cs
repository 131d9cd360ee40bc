namespace Sagan.Metrics;

/// <summary>Which pairs an estimate of the maximum mean discrepancy sums over (Gretton et al. 2012, "A kernel two-sample test").</summary>
public enum KernelEstimator
{
    /// <summary>No picture with itself; all pairs across the sets. What every tool reports as KID.</summary>
    Unbiased,

    /// <summary>All pairs, every picture with itself too: never negative, and too large by about 1/N.</summary>
    Biased,

    /// <summary>As unbiased, and across the sets no picture with the one of its own place; sets of one size only.</summary>
    UStatistic,
}
