using Sagan.Tensors;

namespace Sagan.Tests.Fixtures;

/// <summary>The fixtures' checksums: a row (sum, Euclidean length) for every parameter, in the order of a list in case.json.</summary>
internal static class Checksum
{
    /// <summary>
    /// Fails when a length is further off than the tolerance, or a sum than tolerance · length · sqrt(size), since sums cancel.
    /// Rows that are rounding noise are passed over.
    /// </summary>
    internal static void Require(Fixture fixture, string array, string parameters, Func<string, Tensor> value, double tolerance = Tolerance.Gradient)
    {
        string[] names = fixture.Texts(parameters);
        HashSet<int> rounding = fixture.RoundingRows(array);
        double[] expected = Closeness.Values(fixture.Tensor(array));
        Assert.Equal(expected.Length, names.Length * 2);

        for (int row = 0; row < names.Length; row++)
        {
            if (!rounding.Contains(row))
                RequireRow($"{array}, {names[row]}", expected[row * 2], expected[row * 2 + 1], value(names[row]), tolerance);
        }
    }

    private static void RequireRow(string what, double expectedSum, double expectedLength, Tensor value, double tolerance)
    {
        using Scope scope = Scope.Open();
        double[] actual = Closeness.Values(value);
        double room = tolerance * expectedLength;
        Closeness.Require($"{what}: length", [expectedLength], [Math.Sqrt(actual.Sum(x => x * x))], tolerance);
        Assert.True(
            Math.Abs(actual.Sum() - expectedSum) <= room * Math.Sqrt(actual.Length),
            $"{what}: sum {actual.Sum():g6}, expected {expectedSum:g6}");
    }
}
