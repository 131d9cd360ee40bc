namespace Sagan.Tensors.Files;

/// <summary>An array that is described now and written when its turn comes, so that only one need be in host memory.</summary>
public sealed class StreamedArray
{
    private readonly long[] _shape;
    private readonly Action<Stream> _write;

    /// <summary>Describes an array.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Sizes of the axes; empty for a scalar.</param>
    /// <param name="write">Writes exactly the elements, little-endian, in C order; called once.</param>
    /// <exception cref="ArgumentException">The shape is impossible.</exception>
    public StreamedArray(DType type, ReadOnlySpan<long> shape, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (!Extent.TryBytes(shape, type, out long length, out string problem))
            throw new ArgumentException($"{problem}.", nameof(shape));

        DType = type;
        Length = length;
        _shape = shape.ToArray();
        _write = write;
    }

    /// <summary>Describes an array at hand.</summary>
    public StreamedArray(HostArray array)
        : this(array.DType, array.Shape, stream => stream.Write(array.Bytes))
    {
    }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>Sizes of the axes; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    internal void WriteTo(Stream stream) => _write(stream);
}
