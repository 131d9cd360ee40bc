using System.Numerics;

namespace Sagan.Metrics;

/// <summary>The squared Euclidean distance as it is defined, summed in double precision: right to 13 digits, and the same both ways.</summary>
internal static class SquaredDistance
{
    internal static double Between(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Vector<double> low = Vector<double>.Zero, high = Vector<double>.Zero;
        int i = 0;
        for (; i <= first.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(first[i..]), out Vector<double> firstLow, out Vector<double> firstHigh);
            Vector.Widen(new Vector<float>(second[i..]), out Vector<double> secondLow, out Vector<double> secondHigh);
            firstLow -= secondLow;
            firstHigh -= secondHigh;
            low += firstLow * firstLow;
            high += firstHigh * firstHigh;
        }

        double sum = Vector.Sum(low + high);
        for (; i < first.Length; i++)
            sum += ((double)first[i] - second[i]) * ((double)first[i] - second[i]);
        return sum;
    }
}
