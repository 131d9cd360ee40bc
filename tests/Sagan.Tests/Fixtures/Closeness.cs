using Sagan.Tensors;

namespace Sagan.Tests.Fixtures;

/// <summary>How far numbers are from others.</summary>
internal static class Closeness
{
    /// <summary>All elements in double precision, in C order.</summary>
    internal static double[] Values(Tensor tensor)
    {
        using Scope scope = Scope.Open();
        return tensor.To(DType.Float64).ToArray<double>();
    }

    /// <summary>Largest difference relative to the largest expected magnitude; infinite where anything is not finite.</summary>
    internal static double Error(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = 0, largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double here = Math.Abs(expected[i] - actual[i]);
            difference = double.IsFinite(here) ? Math.Max(difference, here) : double.PositiveInfinity;
            largest = Math.Max(largest, Math.Abs(expected[i]));
        }

        return difference == 0 ? 0 : difference / Math.Max(largest, 1e-30);
    }

    /// <summary>Fails when the error is above the tolerance; the message says what was compared.</summary>
    internal static void Require(string what, double[] expected, double[] actual, double tolerance)
    {
        double error = Error(expected, actual);
        Assert.True(error <= tolerance, $"{what}: relative error {error:e2}, tolerance {tolerance:e0}");
    }

    /// <summary>Fails when the error is above the tolerance; the message says what was compared.</summary>
    internal static void Require(string what, Tensor expected, Tensor actual, double tolerance) =>
        Require(what, Values(expected), Values(actual), tolerance);
}
