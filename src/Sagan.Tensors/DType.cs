namespace Sagan.Tensors;

/// <summary>Element type of a tensor. The values are libtorch's own (<c>c10::ScalarType</c>), stable since 1.0.</summary>
public enum DType
{
    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 0,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 1,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 2,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 3,

    /// <summary>Signed 64-bit integer; labels and indices.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision; the default of every network.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision; gradient checks and statistics.</summary>
    Float64 = 7,

    /// <summary>Boolean, one byte an element.</summary>
    Bool = 11,

    /// <summary>Brain floating point: 8 exponent and 7 fraction bits.</summary>
    BFloat16 = 15,
}

/// <summary>Facts about element types.</summary>
public static class DTypeFacts
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this DType type) => type switch
    {
        DType.UInt8 or DType.Int8 or DType.Bool => 1,
        DType.Int16 or DType.Float16 or DType.BFloat16 => 2,
        DType.Int32 or DType.Float32 => 4,
        DType.Int64 or DType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    /// <summary>True for half, brain, single and double precision.</summary>
    public static bool IsFloat(this DType type) => type is DType.Float16 or DType.BFloat16 or DType.Float32 or DType.Float64;
}
