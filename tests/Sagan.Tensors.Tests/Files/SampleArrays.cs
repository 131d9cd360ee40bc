using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Arrays of every element type and of awkward shapes.</summary>
internal static class SampleArrays
{
    private static readonly long[][] s_shapes = [[], [0], [7], [3, 0, 2], [2, 3], [1, 4, 1, 5]];

    public static DType[] AllTypes => Enum.GetValues<DType>();

    /// <summary>One array of each type and shape, of random bits: not-a-numbers and denormals among them.</summary>
    public static Dictionary<string, HostArray> All()
    {
        var random = new Random(7);
        var arrays = new Dictionary<string, HostArray>();
        foreach (DType type in AllTypes)
        {
            foreach (long[] shape in s_shapes)
                arrays.Add($"{type}.{string.Join('x', shape)}", Of(random, type, shape));
        }

        return arrays;
    }

    public static void AssertSame(HostArray expected, HostArray actual)
    {
        Assert.Equal(expected.DType, actual.DType);
        Assert.Equal(expected.Shape.ToArray(), actual.Shape.ToArray());
        Assert.Equal(expected.Bytes.ToArray(), actual.Bytes.ToArray());
    }

    private static HostArray Of(Random random, DType type, long[] shape)
    {
        var bytes = new byte[shape.Aggregate(1L, (count, size) => count * size) * type.Size()];
        random.NextBytes(bytes);
        if (type == DType.Bool)
            bytes = [.. bytes.Select(value => (byte)(value & 1))];

        return new HostArray(type, shape, bytes);
    }
}
