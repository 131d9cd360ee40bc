namespace Sagan.Tensors.Files;

/// <summary>How much a shape holds, computed so that a hostile shape cannot wrap around.</summary>
internal static class Extent
{
    /// <summary>As many axes as numpy and libtorch agree on.</summary>
    internal const int MaxRank = 64;

    /// <summary>The number of elements of a shape, 1 for a scalar; or what is wrong with the shape.</summary>
    internal static bool TryCount(ReadOnlySpan<long> shape, out long count, out string problem)
    {
        (count, problem) = (1, "");
        if (shape.Length > MaxRank)
            problem = $"shape has {shape.Length} axes, more than {MaxRank}";

        bool empty = false;
        foreach (long size in shape)
        {
            if (problem.Length > 0)
                return false;

            // An empty axis does not excuse the others: strides are computed from them later.
            empty |= size == 0;
            if (size < 0)
                problem = $"shape {Print(shape)} has a negative size";
            else if (size > 0 && count > long.MaxValue / size)
                problem = $"shape {Print(shape)} overflows 64 bits";
            else
                count *= Math.Max(size, 1);
        }

        count = empty ? 0 : count;
        return problem.Length == 0;
    }

    /// <summary>The number of bytes of a shape of an element type; or what is wrong with the shape.</summary>
    internal static bool TryBytes(ReadOnlySpan<long> shape, DType type, out long bytes, out string problem)
    {
        bytes = 0;
        if (!TryCount(shape, out long count, out problem))
            return false;

        if (count > long.MaxValue / type.Size())
            problem = $"shape {Print(shape)} of {type} overflows 64 bits";
        else
            bytes = count * type.Size();

        return problem.Length == 0;
    }

    /// <summary>A shape as text: [64, 3, 32, 32].</summary>
    internal static string Print(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape[..Math.Min(shape.Length, MaxRank)].ToArray())}]";
}
