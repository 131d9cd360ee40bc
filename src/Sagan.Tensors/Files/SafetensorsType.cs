namespace Sagan.Tensors.Files;

/// <summary>The names that safetensors gives to element types.</summary>
internal static class SafetensorsType
{
    /// <summary>
    /// In the order of the reference implementation's enumeration (huggingface/safetensors, tensor.rs), which
    /// rises with the size of an element: writing tensors in falling order keeps every one aligned.
    /// </summary>
    private static readonly (string Name, DType Type)[] s_rising =
    [
        ("BOOL", DType.Bool), ("U8", DType.UInt8), ("I8", DType.Int8), ("I16", DType.Int16), ("F16", DType.Float16),
        ("BF16", DType.BFloat16), ("I32", DType.Int32), ("F32", DType.Float32), ("F64", DType.Float64), ("I64", DType.Int64),
    ];

    /// <summary>All names, for messages.</summary>
    internal static string All => string.Join(", ", s_rising.Select(known => known.Name));

    /// <summary>The element type of a name.</summary>
    internal static bool TryParse(string? name, out DType type)
    {
        int at = Array.FindIndex(s_rising, known => known.Name == name);
        type = at < 0 ? default : s_rising[at].Type;
        return at >= 0;
    }

    /// <summary>The name of an element type.</summary>
    internal static string Name(DType type) => s_rising[Rank(type)].Name;

    /// <summary>The place of an element type in the reference implementation's order.</summary>
    internal static int Rank(DType type) => Array.FindIndex(s_rising, known => known.Type == type);
}
