using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Mean and variance of each channel: the batch's in training, the running ones in evaluation.</summary>
/// <remarks>
/// Standing statistics (Brock et al. 2019, arXiv:1809.11096, section 3) replace the running ones by the plain average over
/// many batches drawn for the purpose: see <see cref="StandingStatistics"/>.
/// </remarks>
public sealed class BatchStatistics : Module
{
    private readonly int _channels;
    private readonly double _momentum, _epsilon;
    private readonly Parameter _mean, _variance;
    private readonly TruncationTable? _table;
    private readonly Parameter? _means, _variances;
    private Parameter? _meanSum, _varianceSum;
    private int _batches;

    internal BatchStatistics(int channels, double momentum, double epsilon, TruncationTable? table = null)
    {
        _channels = channels;
        _momentum = momentum;
        _epsilon = epsilon;
        _mean = Buffer("mean", [channels], Initializer.Zeros);
        _variance = Buffer("variance", [channels], Initializer.Ones);
        _table = table;
        if (table is null)
            return;

        _means = Buffer("means", [table.Rows, channels], Initializer.Zeros);
        _variances = Buffer("variances", [table.Rows, channels], Initializer.Ones);
    }

    /// <summary>The statistics by truncation; null: there are none.</summary>
    internal TruncationTable? Table => _table;

    /// <summary>Those by truncation with the running ones that a choice sets: [rows, C] and [C]. Needs a table.</summary>
    internal IReadOnlyList<(string Name, Tensor Rows, Tensor Chosen)> Choices =>
        [(_means!.Name, _means.Value, _mean.Value), (_variances!.Name, _variances.Value, _variance.Value)];

    /// <summary>[N, C, H, W] to zero mean and unit variance by channel, then gain and bias where given, then ReLU where wanted.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="gain">[C], or [N, C] with one for each picture; null for none.</param>
    /// <param name="bias">As gain.</param>
    /// <param name="rectifies">Whether ReLU follows.</param>
    internal Tensor Normalize(Tensor x, Tensor? gain = null, Tensor? bias = null, bool rectifies = false)
    {
        RequireChannels(x, 4, _channels);
        (Tensor? mean, Tensor? variance, bool training) = (_mean.Value, _variance.Value, IsTraining);
        if (_meanSum is not null)
        {
            Accumulate(x);
            (mean, variance, training) = (null, null, true);
        }

        if (Fused.Takes(x))
            return Fused.ConditionalNorm(x, gain, bias, mean, variance, training, _momentum, _epsilon, rectifies);

        Tensor normal = gain is { Rank: > 1 }
            ? Tensor.AddProduct(ByPicture(bias!), Normalization.BatchNorm(x, null, null, mean, variance, training, _momentum, _epsilon), ByPicture(gain))
            : Normalization.BatchNorm(x, gain, bias, mean, variance, training, _momentum, _epsilon);
        return rectifies ? normal.Relu() : normal;
    }

    /// <summary>Puts the statistics at a truncation in the place of the running ones, where there is a table of them.</summary>
    /// <param name="truncation">From 0 to 1.</param>
    internal void Choose(double truncation)
    {
        if (_table is null)
            return;
        using Scope scope = Scope.Open();
        (int low, int high, double share) = _table.Place(truncation);
        Tensor Mixed(Parameter rows) => rows.Value.Narrow(0, low, 1) * share + rows.Value.Narrow(0, high, 1) * (1 - share);
        _mean.Value.CopyFrom(Mixed(_means!).Reshape(_channels));
        _variance.Value.CopyFrom(Mixed(_variances!).Reshape(_channels));
    }

    /// <summary>From now on the batches' statistics are used and summed up.</summary>
    internal void BeginStanding()
    {
        _meanSum = new Parameter("meanSum", [_channels], Initializer.Zeros, trained: false);
        _varianceSum = new Parameter("varianceSum", [_channels], Initializer.Zeros, trained: false);
        _meanSum.To(_mean.Value.Device, _mean.Value.DType);
        _varianceSum.To(_mean.Value.Device, _mean.Value.DType);
        _batches = 0;
    }

    /// <summary>Puts the averages in the place of the running statistics.</summary>
    internal void EndStanding()
    {
        using Scope scope = Scope.Open();
        if (_batches > 0)
        {
            _mean.Value.CopyFrom(_meanSum!.Value / _batches);
            _variance.Value.CopyFrom(_varianceSum!.Value / _batches);
        }

        _meanSum!.Free();
        _varianceSum!.Free();
        _meanSum = _varianceSum = null;
    }

    private static Tensor ByPicture(Tensor rows) => rows.Reshape(rows.Size(0), -1, 1, 1);

    // The biased variance, as BigGAN's authors' code accumulates it.
    private void Accumulate(Tensor x)
    {
        using GradMode noGrad = Autograd.NoGrad();
        Tensor mean = x.Mean(0, 2, 3);
        Tensor variance = (x - mean.Reshape(1, -1, 1, 1)).Square().Mean(0, 2, 3);
        _meanSum!.Value.AddInPlace(mean);
        _varianceSum!.Value.AddInPlace(variance);
        _batches++;
    }
}
