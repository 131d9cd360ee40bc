using System.Buffers.Binary;

namespace Sagan.Tensors.Files;

/// <summary>
/// A number of numpy's own as pickles hold it, such as the best score in a checkpoint: a call of
/// numpy.core.multiarray.scalar with an element type and the bytes of one element.
/// </summary>
internal static class NumpyScalar
{
    /// <summary>The element type of a call numpy.dtype(name, align, copy), or null for one that <see cref="NpyType"/> does not know.</summary>
    internal static NumpyElement? Element(string name) =>
        NpyType.TryParse($"<{name}", out DType type, out _) ? new NumpyElement(type) : null;

    /// <summary>True if the state of an element type says that its bytes are little-endian, or that it has only one.</summary>
    internal static bool IsLittleEndian(object?[] state) => state is [long, "<" or "|" or "=", ..];

    /// <summary>The number as a bool, long or double; null for the wrong number of bytes.</summary>
    internal static object? Read(NumpyElement element, byte[] bytes) => bytes.Length != element.Type.Size() ? null : element.Type switch
    {
        DType.Bool => bytes[0] != 0,
        DType.UInt8 => (long)bytes[0],
        DType.Int8 => (long)(sbyte)bytes[0],
        DType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
        DType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
        DType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        DType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        DType.Float32 => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
        DType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => null,
    };
}
