using Sagan.Tensors;

namespace Sagan.Metrics;

/// <summary>Gathers mean and covariance of feature vectors as they come, in double precision, without keeping them.</summary>
/// <remarks>
/// Each chunk is centred on its own mean before its products are summed, and chunks are joined by the update of Chan, Golub
/// and LeVeque (1983, "Algorithms for computing the sample variance"): no digits are lost where means are large beside the
/// deviations. Memory: width² doubles (32 MiB for 2,048 features) twice, and a chunk of rows.
/// </remarks>
public sealed class FeatureMoments
{
    // Rows of one matrix product; many small ones would spend their time on adding up width² numbers.
    private const int RowsOfChunk = 512;

    private readonly double[] _mean;

    /// <summary>Sum over pictures of (x - mean)(x - mean)ᵀ, [width, width].</summary>
    private readonly double[] _scatter;

    /// <summary>The same of a chunk. One that is kept: arrays of this size are not collected before many have piled up.</summary>
    private readonly double[] _added;

    private readonly float[] _chunk;
    private int _waiting;
    private long _joined;

    /// <summary>Starts with no picture.</summary>
    /// <param name="width">Features of a picture.</param>
    public FeatureMoments(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Width = width;
        _mean = new double[width];
        _scatter = new double[width * width];
        _added = new double[width * width];
        _chunk = new float[RowsOfChunk * width];
    }

    /// <summary>Features of a picture.</summary>
    public int Width { get; }

    /// <summary>Pictures so far.</summary>
    public long Count => _joined + _waiting;

    /// <summary>Counts a batch.</summary>
    /// <param name="features">[N, width], of any floating type, on any device.</param>
    /// <exception cref="MetricException">Another width, or a value is not finite: the message names the picture.</exception>
    public void Add(Tensor features)
    {
        using Scope scope = Scope.Open();
        FeatureSet.RequireRows(features.Shape, Width);
        float[] rows = features.To(Device.Cpu, DType.Float32).ToArray<float>();
        for (int at = 0; at < rows.Length; at += Width)
            Append(rows.AsSpan(at, Width));
    }

    /// <summary>Counts the pictures of another one as well, for instance those of another process; that one keeps its own.</summary>
    public void Merge(FeatureMoments other)
    {
        ArgumentNullException.ThrowIfNull(other);
        MetricException.RequireSameWidth("statistics", Width, other.Width);
        JoinChunk();
        other.JoinChunk();
        Join(other._mean, other._scatter, other._joined);
    }

    /// <summary>Mean and unbiased covariance of the pictures so far.</summary>
    /// <exception cref="MetricException">Fewer than two pictures.</exception>
    public FeatureStatistics Statistics()
    {
        MetricException.RequirePictures("covariance", "feature", Count, 2);
        JoinChunk();

        var covariance = new double[_scatter.Length];
        for (int i = 0; i < covariance.Length; i++)
            covariance[i] = _scatter[i] / (_joined - 1);
        return new FeatureStatistics([.. _mean], covariance, _joined);
    }

    /// <summary>Counts one picture.</summary>
    internal void Append(ReadOnlySpan<float> row)
    {
        FeatureSet.RequireFinite(row, Count);
        row.CopyTo(_chunk.AsSpan(_waiting * Width));
        if (++_waiting == RowsOfChunk)
            JoinChunk();
    }

    private void JoinChunk()
    {
        if (_waiting == 0)
            return;

        using Scope scope = Scope.Open();
        Tensor rows = Tensor.From<float>(_chunk.AsSpan(0, _waiting * Width), [_waiting, Width]).To(DType.Float64);
        Tensor mean = rows.Mean(0);
        Tensor centred = rows - mean;
        centred.Transpose(0, 1).MatMul(centred).CopyTo<double>(_added);
        Join(mean.ToArray<double>(), _added, _waiting);
        _waiting = 0;
    }

    private void Join(double[] mean, double[] scatter, long count)
    {
        if (count == 0)
            return;

        long total = _joined + count;
        double share = (double)count / total;
        double[] shift = [.. mean.Zip(_mean, (theirs, ours) => theirs - ours)];
        for (int i = 0; i < Width; i++)
        {
            double weight = shift[i] * share * _joined;
            Span<double> row = _scatter.AsSpan(i * Width, Width);
            ReadOnlySpan<double> added = scatter.AsSpan(i * Width, Width);
            for (int j = 0; j < row.Length; j++)
                row[j] += added[j] + (weight * shift[j]);
            _mean[i] += shift[i] * share;
        }

        _joined = total;
    }
}
