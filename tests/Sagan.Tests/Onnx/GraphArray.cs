using System.Runtime.InteropServices;
using Sagan.Onnx.Schema;
using DataType = Sagan.Onnx.Schema.TensorProto.Types.DataType;

namespace Sagan.Tests.Onnx;

/// <summary>An array of the interpreter: integers and truth values are numbers, too.</summary>
internal sealed record GraphArray(int[] Shape, double[] Values)
{
    internal GraphArray(params int[] shape)
        : this(shape, new double[Count(shape)])
    {
    }

    internal int Rank => Shape.Length;

    internal static GraphArray Of(float[] values, params int[] shape) => new(shape, [.. values.Select(value => (double)value)]);

    internal static GraphArray Of(long[] values, params int[] shape) => new(shape, [.. values.Select(value => (double)value)]);

    internal static GraphArray Of(TensorProto constant)
    {
        int[] shape = [.. constant.Dims.Select(size => (int)size)];
        return (DataType)constant.DataType == DataType.Float
            ? Of(MemoryMarshal.Cast<byte, float>(constant.RawData.Span).ToArray(), shape)
            : Of(MemoryMarshal.Cast<byte, long>(constant.RawData.Span).ToArray(), shape);
    }

    internal static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => product * size);

    /// <summary>How far apart neighbours along each axis lie; 0 where the axis is to be repeated for a larger shape.</summary>
    internal int[] StridesFor(int[] shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int i = 1; i <= Rank; i++)
        {
            strides[^i] = Shape[^i] == 1 ? 0 : stride;
            stride *= Shape[^i];
        }

        return strides;
    }

    /// <summary>Places of a shape in C order.</summary>
    internal static IEnumerable<int[]> Places(int[] shape)
    {
        int[] place = new int[shape.Length];
        for (int i = Count(shape); i > 0; i--)
        {
            yield return place;
            for (int axis = shape.Length - 1; axis >= 0 && ++place[axis] == shape[axis]; axis--)
                place[axis] = 0;
        }
    }
}
