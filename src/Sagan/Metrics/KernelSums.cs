using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>Sums of a kernel over pairs of pictures, in double precision and in tiles: the number of pictures is limited by time alone.</summary>
/// <param name="All">Over all pairs.</param>
/// <param name="Diagonal">Over those of equal places.</param>
internal readonly record struct KernelSums(double All, double Diagonal)
{
    // Rows and columns of a piece of the kernel matrix: 8 MiB of doubles, a few times.
    private const int Tile = 1024;

    /// <summary>Over the pairs of a picture of one set and one of the other.</summary>
    internal static KernelSums Of(FeatureSet rows, FeatureSet columns, FeatureKernel kernel)
    {
        double all = 0, diagonal = 0;
        ForEachTile(rows, columns, kernel, (row, column, values) =>
        {
            all += values.Sum().Item();
            diagonal += row == column ? values.Diagonal().Sum().Item() : 0;
        });
        return new KernelSums(all, diagonal);
    }

    /// <summary>The same of many subsets at once: each pair is compared once, however many subsets it is in.</summary>
    /// <param name="rows">One set.</param>
    /// <param name="columns">The other.</param>
    /// <param name="kernel">How pairs are compared.</param>
    /// <param name="chosenRows">The places of each subset in the one set.</param>
    /// <param name="chosenColumns">As many, in the other. The diagonal is that of the whole sets: it has a meaning where both are the same.</param>
    internal static KernelSums[] OfSubsets(FeatureSet rows, FeatureSet columns, FeatureKernel kernel, int[][] chosenRows, int[][] chosenColumns)
    {
        using Scope scope = Scope.Open();
        Tensor inRows = Membership(chosenRows, rows.Count), inColumns = Membership(chosenColumns, columns.Count);
        double[] all = new double[chosenRows.Length], diagonal = new double[chosenRows.Length];
        ForEachTile(rows, columns, kernel, (row, column, values) =>
        {
            Tensor left = inRows.Narrow(1, row, values.Size(0)), right = inColumns.Narrow(1, column, values.Size(1));
            Add(all, (left.MatMul(values) * right).Sum(1));
            if (row == column)
                Add(diagonal, left.Narrow(1, 0, values.Diagonal().Count).TimesVector(values.Diagonal()));
        });
        return [.. all.Zip(diagonal, (sum, equal) => new KernelSums(sum, equal))];
    }

    private static void ForEachTile(FeatureSet rows, FeatureSet columns, FeatureKernel kernel, Action<int, int, Tensor> look)
    {
        for (int row = 0; row < rows.Count; row += Tile)
        {
            using Scope scope = Scope.Open();
            Tensor first = rows.Rows(row, Math.Min(Tile, rows.Count - row)).To(DType.Float64);
            for (int column = 0; column < columns.Count; column += Tile)
            {
                using Scope tile = Scope.Open();
                look(row, column, kernel.Of(first, columns.Rows(column, Math.Min(Tile, columns.Count - column)).To(DType.Float64)));
            }
        }
    }

    /// <summary>[subsets, pictures]: 1 where a subset has a picture, else 0.</summary>
    private static Tensor Membership(int[][] chosen, int count)
    {
        double[] member = new double[chosen.Length * count];
        for (int subset = 0; subset < chosen.Length; subset++)
        {
            foreach (int place in chosen[subset])
                member[(subset * count) + place] = 1;
        }

        return Tensor.From(member, chosen.Length, count);
    }

    private static void Add(double[] sums, Tensor parts)
    {
        double[] values = parts.ToArray<double>();
        for (int i = 0; i < sums.Length; i++)
            sums[i] += values[i];
    }
}
