namespace Sagan.Tensors.Files;

/// <summary>A way to walk a buffer: sizes and strides of the axes and a first element, all counted in elements.</summary>
internal sealed class StridedView
{
    private readonly long _offset;
    private readonly long[] _shape;
    private readonly long[] _strides;

    private StridedView(long offset, long[] shape, long[] strides, long count)
    {
        _offset = offset;
        _shape = shape;
        _strides = strides;
        Count = count;
    }

    /// <summary>The number of elements that the view shows.</summary>
    internal long Count { get; }

    /// <summary>True if the elements lie one after the other, so that the view is a slice; also if there are none.</summary>
    internal bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int axis = _shape.Length - 1; axis >= 0; axis--)
            {
                // The stride of an axis of one is never used.
                if (_shape[axis] != 1 && _strides[axis] != expected)
                    return Count == 0;

                expected *= _shape[axis];
            }

            return true;
        }
    }

    /// <summary>Checks that a view lies inside a buffer of <paramref name="available"/> elements.</summary>
    internal static bool TryCreate(long available, long offset, long[] shape, long[] strides, out StridedView? view, out string problem)
    {
        view = null;
        if (!Extent.TryCount(shape, out long count, out problem))
            return false;
        if (strides.Length != shape.Length)
            problem = $"shape {Extent.Print(shape)} and stride {Extent.Print(strides)} differ in length";
        else if (offset < 0 || strides.Any(stride => stride < 0))
            problem = $"offset {offset} and stride {Extent.Print(strides)} must not be negative";
        else if (count > 0 && Last(offset, shape, strides) >= available)
            problem = $"offset {offset}, shape {Extent.Print(shape)} and stride {Extent.Print(strides)} reach outside the storage of {available} elements";
        else
            view = new StridedView(offset, shape, strides, count);

        return view is not null;
    }

    /// <summary>An array whose first axis is the fastest, as Fortran lays it out.</summary>
    internal static StridedView Fortran(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return new StridedView(0, shape, strides, stride);
    }

    /// <summary>The elements of a contiguous view, in place.</summary>
    internal ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> buffer, int elementSize) =>
        Count == 0 ? default : buffer.Slice((int)(_offset * elementSize), (int)(Count * elementSize));

    /// <summary>Copies the elements in C order; the target holds exactly those.</summary>
    internal void CopyTo(ReadOnlySpan<byte> source, int elementSize, Span<byte> target)
    {
        var index = new long[_shape.Length];
        long from = _offset;

        for (int to = 0; to < target.Length; to += elementSize)
        {
            source.Slice((int)(from * elementSize), elementSize).CopyTo(target[to..]);

            // Advance like an odometer: the last axis first, carrying into the one before.
            for (int axis = _shape.Length - 1; axis >= 0; axis--)
            {
                from += _strides[axis];
                if (++index[axis] < _shape[axis])
                    break;

                from -= _strides[axis] * _shape[axis];
                index[axis] = 0;
            }
        }
    }

    /// <summary>The farthest element, in 128 bits because the numbers come from a file.</summary>
    private static Int128 Last(long offset, long[] shape, long[] strides)
    {
        Int128 last = offset;
        for (int axis = 0; axis < shape.Length; axis++)
            last += (Int128)(shape[axis] - 1) * strides[axis];

        return last;
    }
}
