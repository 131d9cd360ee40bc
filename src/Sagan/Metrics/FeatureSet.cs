using System.Numerics;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Metrics;

/// <summary>The feature vectors of many pictures, one row each, in host memory in single precision as networks make them.</summary>
/// <remarks>Grows by blocks, so that adding never copies what is there. 50,000 rows of 2,048 take 391 MiB.</remarks>
public sealed class FeatureSet
{
    private const int RowsOfBlock = 512;

    private readonly List<float[]> _blocks = [];

    /// <summary>Creates an empty set.</summary>
    /// <param name="width">Features of a picture.</param>
    public FeatureSet(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Width = width;
    }

    /// <summary>Features of a picture.</summary>
    public int Width { get; }

    /// <summary>Number of pictures.</summary>
    public int Count { get; private set; }

    /// <summary>A set of the rows of an array [N, width] of any element type, rounded to single precision.</summary>
    /// <exception cref="MetricException">Not a matrix, or a value is not finite: the message names the picture.</exception>
    public static FeatureSet From(HostArray rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Shape is not [_, > 0])
            throw new MetricException($"features are rows [pictures, features], this array is [{string.Join(", ", rows.Shape.ToArray())}]; reshape it");

        var set = new FeatureSet((int)rows.Shape[1]);
        set.Add(rows);
        return set;
    }

    /// <summary>Appends the rows of an array [N, width] of any element type, rounded to single precision.</summary>
    /// <exception cref="MetricException">Another width, or a value is not finite: the message names the picture.</exception>
    public void Add(HostArray rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireRows(rows.Shape, Width);
        Append(rows.ToFloat32());
    }

    /// <summary>Appends the rows of a batch.</summary>
    /// <param name="features">[N, width], of any floating type, on any device.</param>
    /// <exception cref="MetricException">Another width, or a value is not finite: the message names the picture.</exception>
    public void Add(Tensor features)
    {
        using Scope scope = Scope.Open();
        RequireRows(features.Shape, Width);
        Append(features.To(Device.Cpu, DType.Float32).ToArray<float>());
    }

    /// <summary>One picture's features.</summary>
    public ReadOnlySpan<float> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _blocks[index / RowsOfBlock].AsSpan(index % RowsOfBlock * Width, Width);
    }

    /// <summary>A run of rows as a tensor [count, width] of the innermost scope.</summary>
    public Tensor Rows(int start, int count)
    {
        var rows = new float[(long)count * Width];
        CopyRows(start, count, rows);
        return Tensor.From(rows, count, Width);
    }

    /// <summary>The rows of the given places, in that order, as a set of its own.</summary>
    public FeatureSet At(IEnumerable<int> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var chosen = new FeatureSet(Width);
        foreach (int place in places)
            chosen.AppendRow(Row(place));

        return chosen;
    }

    /// <summary>Mean and covariance of the rows.</summary>
    /// <exception cref="MetricException">Fewer than two rows.</exception>
    public FeatureStatistics Statistics()
    {
        var moments = new FeatureMoments(Width);
        for (int i = 0; i < Count; i++)
            moments.Append(Row(i));

        return moments.Statistics();
    }

    internal void CopyRows(int start, int count, Span<float> target)
    {
        for (int i = 0; i < count; i++)
            Row(start + i).CopyTo(target.Slice(i * Width, Width));
    }

    /// <summary>Refuses a batch that is no matrix of so many columns.</summary>
    internal static void RequireRows(ReadOnlySpan<long> shape, int width)
    {
        if (shape is not [_, var columns] || columns != width)
            throw new MetricException($"a batch of features is [pictures, {width}], this one is [{string.Join(", ", shape.ToArray())}]: it comes from another extractor; compute all with one");
    }

    /// <summary>Refuses a picture with a feature that is NaN or infinite.</summary>
    /// <param name="row">Its features.</param>
    /// <param name="picture">Its number, from 0.</param>
    internal static void RequireFinite(ReadOnlySpan<float> row, long picture)
    {
        // Zero times anything but a finite number is NaN.
        Vector<float> zeros = Vector<float>.Zero;
        int place = 0;
        for (; place <= row.Length - Vector<float>.Count; place += Vector<float>.Count)
            zeros += Vector<float>.Zero * new Vector<float>(row[place..]);
        place = Vector.EqualsAll(zeros, Vector<float>.Zero) ? place : 0;

        while (place < row.Length && float.IsFinite(row[place]))
            place++;
        if (place == row.Length)
            return;

        throw new MetricException($"picture {picture} has {(float.IsNaN(row[place]) ? "NaN" : "infinity")} as feature {place}; its pixels are not finite, or the extractor's weights are damaged");
    }

    private void Append(ReadOnlySpan<float> rows)
    {
        for (int at = 0; at < rows.Length; at += Width)
            AppendRow(rows.Slice(at, Width));
    }

    private void AppendRow(ReadOnlySpan<float> row)
    {
        RequireFinite(row, Count);
        if (Count % RowsOfBlock == 0)
            _blocks.Add(new float[RowsOfBlock * Width]);

        row.CopyTo(_blocks[^1].AsSpan(Count % RowsOfBlock * Width));
        Count++;
    }
}
