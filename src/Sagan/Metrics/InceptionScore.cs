using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Metrics;

/// <summary>
/// How sure a classifier is of single pictures and how varied it finds them together (Salimans et al. 2016, "Improved
/// techniques for training GANs"): exp of the mean of KL(p(y|x) ‖ p(y)). From 1, all alike, to the number of classes.
/// </summary>
/// <remarks>
/// In double precision, natural logarithms. Pictures in the order of their classes give parts of few classes, and a score far
/// too low, wherever the convention does not shuffle.
/// </remarks>
/// <param name="Value">Mean over parts.</param>
/// <param name="Deviation">Standard deviation over parts; null where it is not defined, for one part and division by parts - 1.</param>
/// <param name="Count">Pictures given.</param>
/// <param name="Convention">How it was computed.</param>
public sealed record InceptionScore(double Value, double? Deviation, int Count, InceptionScoreConvention Convention)
{
    // Rows whose probabilities are held at a time: 8 MiB of doubles for 1008 classes.
    private const int RowsOfChunk = 1024;

    /// <summary>The score.</summary>
    /// <param name="logits">The classifier's logits, a row for each picture.</param>
    /// <param name="convention">How to compute; null for torch-fidelity's way.</param>
    /// <exception cref="MetricException">There are fewer pictures than parts, or fewer classes than the convention looks at.</exception>
    public static InceptionScore Of(FeatureSet logits, InceptionScoreConvention? convention = null)
    {
        ArgumentNullException.ThrowIfNull(logits);
        convention ??= InceptionScoreConvention.TorchFidelity;
        Require(logits, convention);

        int[] order = convention.ShuffleSeed is { } seed
            ? new NumpyRandom(seed).Permutation(logits.Count)
            : [.. Enumerable.Range(0, logits.Count)];
        double[] scores = [.. Enumerable.Range(0, convention.Splits).Select(part => OfPart(logits.At(order[convention.Part(part, order.Length)]), convention.Columns))];
        return new InceptionScore(scores.Average(), DeviationOf(scores, convention), logits.Count, convention);
    }

    private static void Require(FeatureSet logits, InceptionScoreConvention convention)
    {
        if (convention.Splits < 1)
            throw new MetricException($"inception score: {convention.Splits} parts cannot be; take 1 or more");
        MetricException.RequirePictures($"inception score in {convention.Splits} parts", "generated", logits.Count, convention.Splits);
        if (!convention.Columns.End.IsFromEnd && convention.Columns.End.Value > logits.Width)
            throw new MetricException($"inception score: the way of {convention.Name} looks at classes up to {convention.Columns.End.Value - 1}, these logits are of {logits.Width}; take the network it was made for, or another way");
    }

    /// <summary>The mean of Σ p (log p - log q) is the mean of Σ p log p, less Σ q log q for the mean q of the p.</summary>
    private static double OfPart(FeatureSet logits, Range columns)
    {
        (int first, int classes) = columns.GetOffsetAndLength(logits.Width);
        var marginal = new double[classes];
        double certainty = 0;
        for (int start = 0; start < logits.Count; start += RowsOfChunk)
        {
            using Scope scope = Scope.Open();
            Tensor rows = logits.Rows(start, Math.Min(RowsOfChunk, logits.Count - start)).To(DType.Float64);
            Tensor logarithms = Likelihood.LogSoftmax(rows).Narrow(1, first, classes);
            Tensor shares = logarithms.Exp();

            certainty += (shares * logarithms).Sum().Item();
            double[] sums = shares.Sum(0).ToArray<double>();
            for (int i = 0; i < classes; i++)
                marginal[i] += sums[i] / logits.Count;
        }

        double variety = marginal.Sum(share => share > 0 ? share * Math.Log(share) : 0);
        return Math.Exp((certainty / logits.Count) - variety);
    }

    private static double? DeviationOf(double[] scores, InceptionScoreConvention convention)
    {
        int divisor = scores.Length - (convention.SampleDeviation ? 1 : 0);
        double mean = scores.Average();
        return divisor == 0 ? null : Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / divisor);
    }
}
