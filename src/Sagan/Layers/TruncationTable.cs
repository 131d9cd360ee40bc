using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>How statistics between two rows of a <see cref="TruncationTable"/> come about.</summary>
public enum RowMixing
{
    /// <summary>By a straight line: the nearer row weighs more.</summary>
    Interpolated,

    /// <summary>The weights of both rows swapped: what pytorch-pretrained-BigGAN computes.</summary>
    Swapped,
}

/// <summary>Batch statistics at evenly spaced truncations from 0 to 1, as the published BigGAN-deep weights carry them.</summary>
/// <remarks>
/// Other latents, other statistics: the TF Hub modules were measured at 51 truncations, a step of 0.02 apart. A network draws
/// with its running statistics; choosing a truncation sets those. Nothing here learns rows: they come with imported weights,
/// and training leaves them as they are.
/// </remarks>
public sealed record TruncationTable
{
    /// <summary>Number of truncations, at least 2: the first row is for 0, the last for 1. Default: 51, as published.</summary>
    public int Rows { get; init; } = 51;

    /// <summary>What is taken between two rows.</summary>
    public RowMixing Mixing { get; init; }

    /// <summary>Sets the running statistics of all batch norms that have such a table; the others keep theirs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="truncation">From 0 to 1.</param>
    public static void Choose(Module network, double truncation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(truncation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(truncation, 1);
        using GradMode noGrad = Autograd.NoGrad();
        foreach (BatchStatistics statistics in network.SelfAndDescendants().OfType<BatchStatistics>())
            statistics.Choose(truncation);
    }

    /// <summary>The two rows that a truncation lies between, and what the lower one weighs.</summary>
    /// <remarks>
    /// The division by a step, instead of a product, is pytorch-pretrained-BigGAN's. Its rounding leaves some multiples of the
    /// step (0.28 and 0.58 of 51 rows) beside their rows by 1e-15, which swapped weights turn into a whole row.
    /// </remarks>
    internal (int Low, int High, double LowShare) Place(double truncation)
    {
        double place = truncation / (1.0 / (Rows - 1));
        int low = Math.Min((int)place, Rows - 1);
        double beyond = place - low;
        int high = Math.Min(low + 1, Rows - 1);
        return (low, high, beyond == 0 || Mixing == RowMixing.Interpolated ? 1 - beyond : beyond);
    }
}
