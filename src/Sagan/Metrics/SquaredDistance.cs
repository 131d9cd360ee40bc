using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sagan.Metrics;

/// <summary>The squared Euclidean distance as it is defined, summed in double precision: right to 13 digits, and the same both ways.</summary>
internal static class SquaredDistance
{
    internal static double Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        // Four sums: one would make every addition wait for the one before.
        Vector<double> even = Vector<double>.Zero, odd = even, nextEven = even, nextOdd = even;
        int step = Vector<float>.Count, i = 0;
        for (; i <= first.Length - (2 * step); i += 2 * step)
        {
            (Vector<double> low, Vector<double> high) = Differences(first[i..], second[i..]);
            even += low * low;
            odd += high * high;
            (low, high) = Differences(first[(i + step)..], second[(i + step)..]);
            nextEven += low * low;
            nextOdd += high * high;
        }

        double sum = Vector.Sum(even + odd + (nextEven + nextOdd));
        for (; i < first.Length; i++)
            sum += ((double)first[i] - second[i]) * ((double)first[i] - second[i]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Low, Vector<double> High) Differences(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Vector.Widen(new Vector<float>(first), out Vector<double> firstLow, out Vector<double> firstHigh);
        Vector.Widen(new Vector<float>(second), out Vector<double> secondLow, out Vector<double> secondHigh);
        return (firstLow - secondLow, firstHigh - secondHigh);
    }
}
