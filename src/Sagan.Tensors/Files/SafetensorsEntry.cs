namespace Sagan.Tensors.Files;

/// <summary>One tensor to be written to a safetensors file: its description, and how to get its bytes when their turn comes.</summary>
public sealed class SafetensorsEntry
{
    private readonly long[] _shape;
    private readonly Action<Stream> _write;

    /// <summary>An entry whose bytes are produced while the file is written, so that only one tensor need be in host memory.</summary>
    /// <param name="name">The tensor's name; unique in its file.</param>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Sizes of the axes; empty for a scalar.</param>
    /// <param name="write">Writes exactly the elements, little-endian, in C order; called once.</param>
    /// <exception cref="ArgumentException">The name is reserved or the shape impossible.</exception>
    public SafetensorsEntry(string name, DType type, ReadOnlySpan<long> shape, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(write);
        if (name == SafetensorsHeader.MetadataName)
            throw new ArgumentException($"'{name}' is reserved by the format.", nameof(name));
        if (!Extent.TryBytes(shape, type, out long length, out string problem))
            throw new ArgumentException($"{problem}.", nameof(shape));

        Name = name;
        DType = type;
        Length = length;
        _shape = shape.ToArray();
        _write = write;
    }

    /// <summary>An entry of an array at hand.</summary>
    public SafetensorsEntry(string name, HostArray array)
        : this(name, array.DType, array.Shape, stream => stream.Write(array.Bytes))
    {
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>Sizes of the axes; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of bytes of the data.</summary>
    public long Length { get; }

    internal void WriteTo(Stream stream) => _write(stream);
}
