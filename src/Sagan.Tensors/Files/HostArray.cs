using System.Runtime.InteropServices;

namespace Sagan.Tensors.Files;

/// <summary>
/// An n-dimensional array in host memory, as files hold it: little-endian elements in C order (last axis
/// fastest). It is not a tensor and computes nothing.
/// </summary>
/// <remarks>
/// The bytes are either managed memory, which lives as long as the array, or a slice of a memory-mapped file,
/// which is valid until that file object is disposed; asking for the bytes afterwards throws, but a span taken
/// before must not be used after.
/// </remarks>
public sealed class HostArray
{
    private readonly long[] _shape;
    private readonly ReadOnlyMemory<byte> _bytes;

    /// <summary>Wraps bytes; they are not copied.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Sizes of the axes; empty for a scalar.</param>
    /// <param name="bytes">Exactly the elements, little-endian, in C order.</param>
    /// <exception cref="ArgumentException">The shape is impossible or does not hold that many bytes.</exception>
    public HostArray(DType type, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> bytes)
    {
        if (!Extent.TryBytes(shape, type, out long expected, out string problem))
            throw new ArgumentException($"{problem}.", nameof(shape));
        if (expected != bytes.Length)
            throw new ArgumentException($"Shape {Extent.Print(shape)} of {type} takes {expected} bytes, not {bytes.Length}.", nameof(bytes));

        DType = type;
        _shape = shape.ToArray();
        _bytes = bytes;
    }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>Sizes of the axes; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements; 1 for a scalar.</summary>
    public long Count => _bytes.Length / DType.Size();

    /// <summary>The elements, little-endian, in C order.</summary>
    /// <exception cref="ObjectDisposedException">The memory-mapped file behind the array was disposed.</exception>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Copies values into a new array.</summary>
    /// <param name="values">The elements in C order.</param>
    /// <param name="shape">Sizes of the axes; none makes a scalar of the one value.</param>
    /// <exception cref="ArgumentException">No element type stores <typeparamref name="T"/>, or the shape holds another number of values.</exception>
    public static HostArray Of<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged => new(TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements as numbers of their own type. <c>BFloat16</c> has no such type here: see <see cref="ToFloat32"/>.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    /// <exception cref="ObjectDisposedException">The memory-mapped file behind the array was disposed.</exception>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged
    {
        if (TypeOf<T>() != DType)
            throw new InvalidOperationException($"The array holds {DType}, not {TypeOf<T>()}.");

        return MemoryMarshal.Cast<byte, T>(Bytes);
    }

    /// <summary>The elements rounded to single precision; booleans become 0 and 1.</summary>
    /// <exception cref="ObjectDisposedException">The memory-mapped file behind the array was disposed.</exception>
    public float[] ToFloat32() => DType switch
    {
        DType.UInt8 => Convert<byte>(value => value),
        DType.Int8 => Convert<sbyte>(value => value),
        DType.Int16 => Convert<short>(value => value),
        DType.Int32 => Convert<int>(value => value),
        DType.Int64 => Convert<long>(value => value),
        DType.Float16 => Convert<Half>(value => (float)value),
        DType.Float32 => As<float>().ToArray(),
        DType.Float64 => Convert<double>(value => (float)value),
        DType.Bool => Convert<byte>(value => value == 0 ? 0 : 1),
        // The upper half of a single is what brain floating point keeps.
        DType.BFloat16 => Convert<ushort>(value => BitConverter.UInt32BitsToSingle((uint)value << 16)),
        _ => throw new InvalidOperationException($"{DType} has no conversion to Float32."),
    };

    private float[] Convert<T>(Func<T, float> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(Bytes);
        var converted = new float[values.Length];
        for (int i = 0; i < converted.Length; i++)
            converted[i] = convert(values[i]);

        return converted;
    }

    private static DType TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            byte => DType.UInt8,
            sbyte => DType.Int8,
            bool => DType.Bool,
            short => DType.Int16,
            Half => DType.Float16,
            int => DType.Int32,
            float => DType.Float32,
            long => DType.Int64,
            double => DType.Float64,
            _ => throw new ArgumentException($"No element type stores {typeof(T).Name}.", nameof(T)),
        };
}
