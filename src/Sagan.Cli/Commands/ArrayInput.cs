using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Cli.Commands;

/// <summary>npy files that users hand in, checked before anything is computed with them.</summary>
internal static class ArrayInput
{
    /// <summary>Reads float32 [N, sizes]; N is at least 1.</summary>
    internal static HostArray Floats(string path, string what, params ReadOnlySpan<long> sizes) =>
        Require(path, what, NpyFile.Read(path), DType.Float32, sizes);

    /// <summary>Reads int64 [count], each a class.</summary>
    internal static long[] Labels(string path, long count, int classes)
    {
        HostArray labels = Require(path, "labels", NpyFile.Read(path), DType.Int64, []);
        if (labels.Count != count)
            throw new ArrayFileException(path, "npy", $"holds {labels.Count} labels, and there are {count} rows to label; give one for each");

        ReadOnlySpan<long> values = labels.As<long>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < 0 || values[i] >= classes)
                throw new ArrayFileException(path, $"npy [{i}]", $"{values[i]} is no class of this network; classes are 0 to {classes - 1}");
        }

        return values.ToArray();
    }

    /// <summary>Reads pictures float32 [N, sizes], or uint8 of 0 to 255, which become -1 to 1 as in training.</summary>
    internal static float[] Pictures(string path, params ReadOnlySpan<long> sizes)
    {
        HostArray array = NpyFile.Read(path);
        if (array.DType != DType.UInt8)
            return Require(path, "pictures of this network", array, DType.Float32, sizes).ToFloat32();

        float[] values = Require(path, "pictures of this network", array, DType.UInt8, sizes).ToFloat32();
        for (int i = 0; i < values.Length; i++)
            values[i] = (values[i] / 127.5f) - 1;
        return values;
    }

    private static HostArray Require(string path, string what, HostArray array, DType type, ReadOnlySpan<long> sizes)
    {
        string name = type == DType.Int64 ? "int64" : "float32";
        if (array.DType != type)
            throw new ArrayFileException(path, "npy", $"{what} are {name}, this array is {array.DType}; save array.astype('{name}')");
        if (array.Shape.Length != sizes.Length + 1 || !array.Shape[1..].SequenceEqual(sizes) || array.Shape[0] == 0)
            throw new ArrayFileException(path, "npy", $"{what} have the shape {Print("N", sizes)}, this array has {Print(null, array.Shape)}; reshape it, or take another network");
        return array;
    }

    private static string Print(string? first, ReadOnlySpan<long> sizes)
    {
        string numbers = string.Join(", ", sizes.ToArray());
        return first is null ? $"[{numbers}]" : numbers.Length == 0 ? $"[{first}]" : $"[{first}, {numbers}]";
    }
}
