using System.Diagnostics;
using Sagan.Tensors;

namespace Sagan.Benchmarks;

/// <summary>What the machine can do at the moment: the product of two square matrices, the work that libraries are best at.</summary>
internal static class MatrixRate
{
    private const int Side = 3000;
    private const int Products = 5;

    /// <summary>10^9 operations a second in single precision: the median of a few products, after one that does not count.</summary>
    internal static double Measure(Device device)
    {
        using Scope scope = Scope.Open();
        using var random = new RandomSource(1, device);
        Tensor a = Tensor.Normal([Side, Side], random), b = Tensor.Normal([Side, Side], random);
        Multiply(a, b, device);
        double seconds = Median.Of([.. Enumerable.Range(0, Products).Select(_ => Multiply(a, b, device))]);
        return 2.0 * Side * Side * Side / seconds / 1e9;
    }

    private static double Multiply(Tensor a, Tensor b, Device device)
    {
        using Scope scope = Scope.Open();
        long start = Stopwatch.GetTimestamp();
        a.MatMul(b);
        if (device.Kind != DeviceKind.Cpu)
            device.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
