using Sagan.Tensors.Native;

namespace Sagan.Tensors;

/// <summary>One argument or result of an operator: tensor, number, text, list, or none.</summary>
/// <remarks>Every kind converts implicitly, so that a call reads like the operator's schema.</remarks>
public readonly struct Value
{
    internal readonly NativeTag Tag;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Value(NativeTag tag, long bits, object? reference = null)
    {
        Tag = tag;
        Bits = bits;
        Reference = reference;
    }

    /// <summary>No value: an optional argument left out, or an undefined tensor.</summary>
    public static Value None => default;

    /// <summary>A tensor, or none for null.</summary>
    public static implicit operator Value(Tensor? tensor) => tensor is null ? default : new(NativeTag.Tensor, 0, tensor);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long integer) => new(NativeTag.Integer, integer);

    /// <summary>A real number.</summary>
    public static implicit operator Value(double real) => new(NativeTag.Real, BitConverter.DoubleToInt64Bits(real));

    /// <summary>A boolean.</summary>
    public static implicit operator Value(bool flag) => new(NativeTag.Boolean, flag ? 1 : 0);

    /// <summary>An element type; an integer to libtorch.</summary>
    public static implicit operator Value(DType type) => new(NativeTag.Integer, (long)type);

    /// <summary>An element type or none.</summary>
    public static implicit operator Value(DType? type) => type is { } known ? known : default(Value);

    /// <summary>A memory format; an integer to libtorch.</summary>
    public static implicit operator Value(MemoryFormat format) => new(NativeTag.Integer, (long)format);

    /// <summary>A device.</summary>
    public static implicit operator Value(Device device) => new(NativeTag.Device, device.Packed);

    /// <summary>A text.</summary>
    public static implicit operator Value(string? text) => text is null ? default : new(NativeTag.Text, 0, text);

    /// <summary>Integers, or none for null.</summary>
    public static implicit operator Value(long[]? list) => list is null ? default : new(NativeTag.Integers, 0, list);

    /// <summary>Real numbers, or none for null.</summary>
    public static implicit operator Value(double[]? list) => list is null ? default : new(NativeTag.Reals, 0, list);

    /// <summary>Booleans, or none for null.</summary>
    public static implicit operator Value(bool[]? list) => list is null ? default : new(NativeTag.Booleans, 0, list);

    /// <summary>Tensors; an element may be null where the schema allows it.</summary>
    public static implicit operator Value(Tensor?[]? list) => list is null ? default : new(NativeTag.Tensors, 0, list);

    /// <summary>A source of random numbers, or none (libtorch's global one) for null.</summary>
    public static implicit operator Value(RandomSource? random) => random is null ? default : new(NativeTag.Generator, 0, random);

    internal static Value OfResult(NativeTag tag, long bits) => new(tag, bits);

    internal static Value OfList(NativeTag tag, object list) => new(tag, 0, list);
}
