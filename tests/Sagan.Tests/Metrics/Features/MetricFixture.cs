using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Metrics.Features;

/// <summary>The metric fixtures' pictures and numbers.</summary>
internal static class MetricFixture
{
    /// <summary>Pictures in the order of the fixtures' rows.</summary>
    internal static string[] Sets { get; } = ["images32", "images299", "images360x480", "images75x50"];

    /// <summary>A set as [N, 3, H, W] of UInt8, in the innermost scope.</summary>
    internal static Tensor Pictures(string set)
    {
        HostArray array = NpyFile.Read(RandomInception.Find($"{set}.npy"));
        return Tensor.FromBytes(array.Bytes, array.DType, array.Shape).Permute(0, 3, 1, 2);
    }

    /// <summary>Rows of a table of 18, for a set.</summary>
    internal static (int First, int Count) Rows(string set) => set switch
    {
        "images32" => (0, 8),
        "images299" => (8, 8),
        "images360x480" => (16, 1),
        _ => (17, 1),
    };

    /// <summary>Largest difference.</summary>
    internal static double Distance(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double here = Math.Abs((double)expected[i] - actual[i]);
            largest = double.IsFinite(here) ? Math.Max(largest, here) : double.PositiveInfinity;
        }

        return largest;
    }
}
