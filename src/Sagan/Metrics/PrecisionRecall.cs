namespace Sagan.Metrics;

/// <summary>
/// Precision and recall (Kynkäänniemi et al. 2019, "Improved precision and recall metric"), density and coverage (Naeem et al.
/// 2020, "Reliable fidelity and diversity metrics"): shares of pictures that lie in the neighbourhoods of the other set's. The
/// neighbourhood of a picture reaches to its k-th nearest in its own set, itself left out.
/// </summary>
/// <remarks>Distances are exact, so that the counts are those of a computation in double precision. Compare figures of equal k and equal N only.</remarks>
/// <param name="Neighbours">k.</param>
/// <param name="Border">Whether the border of a neighbourhood belongs to it.</param>
/// <param name="RealCount">Pictures of the data.</param>
/// <param name="GeneratedCount">Generated pictures.</param>
/// <param name="PreciseCount">Generated pictures in the neighbourhood of a real one at least.</param>
/// <param name="RecalledCount">Real pictures in the neighbourhood of a generated one at least.</param>
/// <param name="PairCount">Pairs of a generated picture and a real one in whose neighbourhood it is.</param>
/// <param name="CoveredCount">Real pictures with a generated one in their neighbourhood at least.</param>
public sealed record PrecisionRecall(int Neighbours, Border Border, int RealCount, int GeneratedCount, int PreciseCount, int RecalledCount, long PairCount, int CoveredCount)
{
    private const string Name = "precision and recall";

    /// <summary>Share of generated pictures that look like real ones.</summary>
    public double Precision => (double)PreciseCount / GeneratedCount;

    /// <summary>Share of real pictures that the generator might have made.</summary>
    public double Recall => (double)RecalledCount / RealCount;

    /// <summary>Real neighbourhoods that a generated picture lies in, by k: about 1 for the data itself, and more where the generator prefers what is common.</summary>
    public double Density => (double)PairCount / ((double)Neighbours * GeneratedCount);

    /// <summary>Share of real pictures with a generated one near.</summary>
    public double Coverage => (double)CoveredCount / RealCount;

    /// <summary>Compares two sets.</summary>
    /// <param name="real">Features of the data.</param>
    /// <param name="generated">Features of generated pictures.</param>
    /// <param name="neighbours">k: 5 in prdc and StudioGAN, 3 in torch-fidelity and stylegan3.</param>
    /// <param name="border">Whether the border of a neighbourhood belongs to it.</param>
    /// <exception cref="MetricException">Different extractors, or a set has no k neighbours for each picture.</exception>
    public static PrecisionRecall Between(FeatureSet real, FeatureSet generated, int neighbours = 5, Border border = Border.Outside)
    {
        Require(real, generated);
        return Between(NearestNeighbours.Within(real, neighbours), NearestNeighbours.Within(generated, neighbours), neighbours, border);
    }

    /// <summary>Compares two sets whose neighbours are known.</summary>
    /// <param name="real">Neighbours of the data's pictures among themselves.</param>
    /// <param name="generated">Neighbours of the generated pictures among themselves.</param>
    /// <param name="neighbours">k, no more than either knows.</param>
    /// <param name="border">Whether the border of a neighbourhood belongs to it.</param>
    /// <exception cref="MetricException">Different extractors, or fewer neighbours are known than wanted.</exception>
    public static PrecisionRecall Between(NearestNeighbours real, NearestNeighbours generated, int neighbours, Border border = Border.Outside)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        Require(real.Queries, generated.Queries);
        int known = Math.Min(real.Kept, generated.Kept);
        if (neighbours < 1 || neighbours > known)
            throw new MetricException($"{Name}: {neighbours} neighbours are wanted and {known} known; find as many first");

        double[] realRadii = Radii(real, neighbours), generatedRadii = Radii(generated, neighbours);
        bool[] precise = new bool[generatedRadii.Length], recalled = new bool[realRadii.Length], covered = new bool[realRadii.Length];
        long pairs = 0;
        DistanceTiles.Between(real.Queries, generated.Queries).Visit(Limits(realRadii), Limits(generatedRadii), (row, column, _) =>
        {
            double distance = SquaredDistance.Between(real.Queries.Row(row), generated.Queries.Row(column));
            if (Holds(realRadii[row], distance, border))
            {
                precise[column] = covered[row] = true;
                pairs++;
            }

            recalled[row] |= Holds(generatedRadii[column], distance, border);
        });

        return new PrecisionRecall(neighbours, border, recalled.Length, precise.Length, Trues(precise), Trues(recalled), pairs, Trues(covered));
    }

    private static void Require(FeatureSet real, FeatureSet generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        MetricException.RequireSameWidth(Name, real.Width, generated.Width);
    }

    /// <summary>Squared radius of each neighbourhood.</summary>
    private static double[] Radii(NearestNeighbours known, int neighbours) =>
        [.. Enumerable.Range(0, known.Queries.Count).Select(picture => known.Of(picture)[neighbours - 1].SquaredDistance)];

    private static float[] Limits(double[] radii) => [.. radii.Select(DistanceTiles.RoundUp)];

    private static bool Holds(double radius, double distance, Border border) => border == Border.Inside ? distance <= radius : distance < radius;

    private static int Trues(bool[] flags) => flags.Count(flag => flag);
}
