using System.Numerics;
using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>
/// Lower bounds of all squared distances between two sets, a tile of pairs at a time, by matrix products in single precision.
/// Whoever needs a distance itself computes it where the bound does not rule the pair out: what comes out is exact, at the
/// price of a rough look.
/// </summary>
/// <remarks>
/// With x, y less a common centre, |x - y|² = |x|² + |y|² - 2 x·y. For width w and unit roundoff u = 2⁻²⁴ the product of w terms errs by
/// less than (w + 1) u |x||y| in any order of summation (Higham 2002, "Accuracy and stability of numerical algorithms", 3.1), and
/// subtracting the centre, rounding the squares and adding up by less than 12 u (|x|² + |y|²); as 2|x||y| ≤ |x|² + |y|², the bound
/// is the computed value less (w + 16) u (|x|² + |y|²). The centre makes |x|² small. Memory: two strips of 1024 rows and two tiles
/// of 1024², 24 MiB for 2,048 features, whatever the number of pictures.
/// </remarks>
internal sealed class DistanceTiles
{
    private const int Tile = 1024;
    private const int Room = 16;

    private readonly FeatureSet _rows;
    private readonly FeatureSet _columns;
    private readonly bool _within;
    private readonly float[] _centre;
    private readonly float[] _rowSquares;
    private readonly float[] _columnSquares;
    private readonly float[] _strip;
    private readonly float[] _products = new float[Tile * Tile];

    private DistanceTiles(FeatureSet rows, FeatureSet columns, bool within)
    {
        _rows = rows;
        _columns = columns;
        _within = within;
        _centre = Centre(rows);
        _rowSquares = ReducedSquares(rows);
        _columnSquares = ReferenceEquals(rows, columns) ? _rowSquares : ReducedSquares(columns);
        _strip = new float[Tile * rows.Width];
    }

    /// <summary>What is done with a pair whose bound does not rule it out.</summary>
    /// <param name="row">Place in the first set.</param>
    /// <param name="column">Place in the second set.</param>
    /// <param name="bound">What the squared distance is not below; NaN where nothing is known.</param>
    internal delegate void Pair(int row, int column, float bound);

    /// <summary>All pairs of a picture of one set and one of the other, which may be the same set.</summary>
    internal static DistanceTiles Between(FeatureSet rows, FeatureSet columns) => new(rows, columns, within: false);

    /// <summary>All pairs of two pictures of a set, each pair once, with row below column.</summary>
    internal static DistanceTiles Within(FeatureSet set) => new(set, set, within: true);

    /// <summary>Visits every pair whose squared distance may be at most the limit of its row or the limit of its column; limits may fall meanwhile.</summary>
    /// <param name="rowLimits">A limit for each row, rounded up.</param>
    /// <param name="columnLimits">A limit for each column, rounded up; inside a set the same array.</param>
    /// <param name="visit">Called for each pair.</param>
    internal void Visit(float[] rowLimits, float[] columnLimits, Pair visit)
    {
        // Taken once: blocks of some MiB that come and go would leave holes as large behind them.
        using Scope scope = Scope.Open();
        Tensor first = Tensor.Zeros([Tile * _rows.Width]), second = Tensor.Zeros([Tile * _rows.Width]), products = Tensor.Zeros([Tile * Tile]);
        for (int row = 0; row < _rows.Count; row += Tile)
        {
            int height = Math.Min(Tile, _rows.Count - row);
            Fill(first, _rows, row, height);
            for (int column = _within ? row : 0; column < _columns.Count; column += Tile)
            {
                int width = Math.Min(Tile, _columns.Count - column);
                Fill(second, _columns, column, width);
                Multiply(first, second, products, height, width);
                for (int i = 0; i < height; i++)
                {
                    int least = _within && row == column ? i + 1 : 0;
                    Scan(row + i, column, least, _products.AsSpan(i * width, width), rowLimits, columnLimits, visit);
                }
            }
        }
    }

    /// <summary>A limit in single precision that is not below the given one.</summary>
    internal static float RoundUp(double limit)
    {
        var rounded = (float)limit;
        return rounded < limit ? MathF.BitIncrement(rounded) : rounded;
    }

    private void Multiply(Tensor first, Tensor second, Tensor products, int height, int width)
    {
        using Scope scope = Scope.Open();
        Tensor tile = Part(products, height, width);
        Part(first, height, _rows.Width).MatMulInto(Part(second, width, _rows.Width).Transpose(0, 1), tile);
        tile.CopyTo(_products.AsSpan(0, height * width));
    }

    private void Fill(Tensor strip, FeatureSet set, int start, int count)
    {
        using Scope scope = Scope.Open();
        for (int i = 0; i < count; i++)
            Subtract(set.Row(start + i), _centre, _strip.AsSpan(i * set.Width, set.Width));
        strip.Narrow(0, 0, count * set.Width).CopyFrom<float>(_strip.AsSpan(0, count * set.Width));
    }

    private static Tensor Part(Tensor memory, int height, int width) => memory.Narrow(0, 0, height * width).Reshape(height, width);

    // "Not greater" where "less or equal" is meant: squares that overflow give NaN, which rules nothing out.
    private void Scan(int row, int column, int least, ReadOnlySpan<float> products, float[] rowLimits, float[] columnLimits, Pair visit)
    {
        int step = Vector<float>.Count, place = 0;
        ReadOnlySpan<float> squares = _columnSquares.AsSpan(column, products.Length);
        ReadOnlySpan<float> limits = columnLimits.AsSpan(column, products.Length);
        var rowSquare = new Vector<float>(_rowSquares[row]);
        for (; place <= products.Length - step; place += step)
        {
            Vector<float> bounds = rowSquare + new Vector<float>(squares[place..]) - (2 * new Vector<float>(products[place..]));
            Vector<float> allowed = Vector.Max(new Vector<float>(rowLimits[row]), new Vector<float>(limits[place..]));
            if (!Vector.GreaterThanAll(bounds, allowed))
                ScanSingly(row, column, Math.Max(least, place), place + step, products, rowLimits, columnLimits, visit);
        }

        ScanSingly(row, column, Math.Max(least, place), products.Length, products, rowLimits, columnLimits, visit);
    }

    private void ScanSingly(int row, int column, int first, int end, ReadOnlySpan<float> products, float[] rowLimits, float[] columnLimits, Pair visit)
    {
        for (int i = first; i < end; i++)
        {
            float bound = _rowSquares[row] + _columnSquares[column + i] - (2 * products[i]);
            if (!(bound > Math.Max(rowLimits[row], columnLimits[column + i])))
                visit(row, column + i, bound);
        }
    }

    private static float[] Centre(FeatureSet set)
    {
        var sums = new double[set.Width];
        for (int i = 0; i < set.Count; i++)
        {
            ReadOnlySpan<float> row = set.Row(i);
            for (int j = 0; j < sums.Length; j++)
                sums[j] += row[j];
        }

        return [.. sums.Select(sum => (float)(sum / Math.Max(set.Count, 1)))];
    }

    private static void Subtract(ReadOnlySpan<float> row, ReadOnlySpan<float> centre, Span<float> difference)
    {
        int i = 0;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(row[i..]) - new Vector<float>(centre[i..])).CopyTo(difference[i..]);
        for (; i < row.Length; i++)
            difference[i] = row[i] - centre[i];
    }

    /// <summary>Squared lengths less the centre, each reduced by its share of the error.</summary>
    private float[] ReducedSquares(FeatureSet set)
    {
        double share = 1 - ((set.Width + Room) * Math.ScaleB(1, -24));
        var origin = new float[set.Width];
        var centred = new float[set.Width];
        var squares = new float[set.Count];
        for (int i = 0; i < squares.Length; i++)
        {
            Subtract(set.Row(i), _centre, centred);
            squares[i] = (float)(share * SquaredDistance.Between(centred, origin));
        }

        return squares;
    }
}
