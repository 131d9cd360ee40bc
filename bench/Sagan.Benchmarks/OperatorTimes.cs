using System.Diagnostics;
using Sagan.Tensors;

namespace Sagan.Benchmarks;

/// <summary>Operators on four numbers: all that is measured is the way to libtorch and back.</summary>
internal static class OperatorTimes
{
    private const int CallsPerScope = 100;
    private const int Scopes = 1000;
    private const int TensorsOfBigScope = 1000;

    // Long enough for the runtime to have compiled everything for good.
    private const int WarmUps = 5;

    /// <summary>Microseconds a call (a chain counts as one, and has three operators), and a scope of 1,000 tensors to close.</summary>
    /// <param name="repeats">Measurements; each figure is the median.</param>
    internal static IEnumerable<(string Name, double Microseconds)> Measure(int repeats)
    {
        using Scope scope = Scope.Open();
        Tensor a = Tensor.From<float>([1, -2, 3, -4], 4);
        Tensor b = Tensor.From<float>([4, 3, 2, 1], 4);
        return
        [
            ("add", MedianOf(repeats, () => Calls(() => _ = a + b))),
            ("relu", MedianOf(repeats, () => Calls(() => _ = a.Relu()))),
            ("chain", MedianOf(repeats, () => Calls(() => _ = ((a + b) * b).Relu()))),
            ("close", MedianOf(repeats * 10, () => Close(a, b))),
        ];
    }

    private static double MedianOf(int repeats, Func<double> measurement)
    {
        for (int i = 0; i < WarmUps; i++)
            measurement();
        return Median.Of(Enumerable.Range(0, repeats).Select(_ => measurement()));
    }

    private static double Calls(Action call)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Scopes; i++)
        {
            using Scope scope = Scope.Open();
            for (int j = 0; j < CallsPerScope; j++)
                call();
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / (Scopes * CallsPerScope);
    }

    private static double Close(Tensor a, Tensor b)
    {
        Scope scope = Scope.Open();
        for (int i = 0; i < TensorsOfBigScope; i++)
            _ = a + b;
        long start = Stopwatch.GetTimestamp();
        scope.Dispose();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
