using Sagan.Onnx.Schema;

namespace Sagan.Onnx;

/// <summary>The type of a value in a graph: elements and sizes, <see cref="TracedValue.BatchSize"/> for the number of pictures.</summary>
/// <param name="Type">Of the elements.</param>
/// <param name="Sizes">Of the axes.</param>
internal sealed record GraphShape(TensorProto.Types.DataType Type, IReadOnlyList<long> Sizes)
{
    /// <summary>What the open size is called in a file.</summary>
    internal const string BatchName = "N";

    internal int Rank => Sizes.Count;

    internal static GraphShape Of(ValueInfoProto info) => new(
        (TensorProto.Types.DataType)info.Type.TensorType.ElemType,
        [.. info.Type.TensorType.Shape.Dim.Select(size => size.HasDimParam ? TracedValue.BatchSize : size.DimValue)]);

    internal static GraphShape Of(TensorProto constant) => new((TensorProto.Types.DataType)constant.DataType, [.. constant.Dims]);

    /// <summary>The shape that two broadcast to; null where they do not.</summary>
    internal static IReadOnlyList<long>? Broadcast(IReadOnlyList<long> first, IReadOnlyList<long> second)
    {
        long[] sizes = new long[Math.Max(first.Count, second.Count)];
        for (int i = 1; i <= sizes.Length; i++)
        {
            long one = i <= first.Count ? first[^i] : 1, other = i <= second.Count ? second[^i] : 1;
            if (one != other && one != 1 && other != 1)
                return null;
            sizes[^i] = one == 1 ? other : one;
        }

        return sizes;
    }

    public bool Equals(GraphShape? other) => other is not null && Type == other.Type && Sizes.SequenceEqual(other.Sizes);

    public override int GetHashCode() => HashCode.Combine(Type, Rank);

    public override string ToString() =>
        $"{Type} [{string.Join(", ", Sizes.Select(size => size == TracedValue.BatchSize ? BatchName : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
