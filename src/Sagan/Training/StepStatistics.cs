using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Running means of a few scalars, summed on the device and read once a tick.</summary>
internal sealed class StepStatistics : IDisposable
{
    private readonly Tensor _sums;
    private int _steps;

    internal StepStatistics(int count, Device device)
    {
        using Scope scope = Scope.Open();
        _sums = Tensor.Zeros([count], DType.Float64, device).Own();
    }

    /// <summary>Adds one step's values, on the device: a scalar, then the others as [count - 1]. Who calls it calls <see cref="Count"/>, too.</summary>
    internal void Add(Tensor first, Tensor others)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        _sums.AddInPlace(Tensor.Concat(0, first.Reshape(1), others).To(DType.Float64));
    }

    /// <summary>Counts a step whose values were added.</summary>
    internal void Count() => _steps++;

    /// <summary>Whether all sums so far are finite; waits for the device.</summary>
    internal bool AreFinite() => _sums.ToArray<double>().All(double.IsFinite);

    /// <summary>The means since the last call; waits for the device.</summary>
    internal double[] Take()
    {
        double[] means = [.. _sums.ToArray<double>().Select(sum => sum / Math.Max(1, _steps))];
        _sums.Fill(0);
        _steps = 0;
        return means;
    }

    public void Dispose() => _sums.Free();
}
