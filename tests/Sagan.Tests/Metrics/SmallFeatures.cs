using Sagan.Metrics;
using Sagan.Tensors;

namespace Sagan.Tests.Metrics;

/// <summary>Sets of features that need no file: numbers of a simple rule, for which numpy, scipy and scikit-learn computed the metrics.</summary>
internal static class SmallFeatures
{
    /// <summary>x[i, j] = ((7i² + 13j + 5ij + 29s + 3is) mod 97) / 32.</summary>
    internal static FeatureSet Of(int count, int width, int s)
    {
        var values = new float[count, width];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < width; j++)
                values[i, j] = ((7 * i * i) + (13 * j) + (5 * i * j) + (29 * s) + (3 * i * s)) % 97 / 32f;
        }

        return Of(values);
    }

    internal static FeatureSet Of(float[,] rows)
    {
        using Scope scope = Scope.Open();
        var set = new FeatureSet(rows.GetLength(1));
        set.Add(Tensor.From([.. rows.Cast<float>()], rows.GetLength(0), rows.GetLength(1)));
        return set;
    }

    /// <summary>One feature for each picture.</summary>
    internal static FeatureSet Line(params float[] values)
    {
        var rows = new float[values.Length, 1];
        for (int i = 0; i < values.Length; i++)
            rows[i, 0] = values[i];
        return Of(rows);
    }

    /// <summary>Standard normal numbers.</summary>
    internal static FeatureSet Normal(int count, int width, long seed, float offset = 0)
    {
        var numbers = new float[count * width];
        new CounterRandom(seed, 0).FillNormal(numbers);
        var rows = new float[count, width];
        for (int i = 0; i < numbers.Length; i++)
            rows[i / width, i % width] = numbers[i] + offset;
        return Of(rows);
    }

    /// <summary>Fails where a number is further from another than a share of it.</summary>
    internal static void Near(double expected, double actual, double tolerance = 1e-12) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"expected {expected:r}, computed {actual:r}, relative tolerance {tolerance:e0}");
}
