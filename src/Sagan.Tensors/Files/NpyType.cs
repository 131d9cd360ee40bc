namespace Sagan.Tensors.Files;

/// <summary>numpy's names of element types, such as "&lt;f4": byte order, kind, bytes.</summary>
internal static class NpyType
{
    private static readonly (string Name, DType Type)[] s_known =
    [
        ("b1", DType.Bool), ("u1", DType.UInt8), ("i1", DType.Int8), ("i2", DType.Int16), ("i4", DType.Int32),
        ("i8", DType.Int64), ("f2", DType.Float16), ("f4", DType.Float32), ("f8", DType.Float64),
    ];

    /// <summary>All names without their byte order, for messages.</summary>
    internal static string All => string.Join(", ", s_known.Select(known => known.Name));

    /// <summary>The element type of a name, and whether its bytes are the wrong way round.</summary>
    internal static bool TryParse(string name, out DType type, out bool bigEndian)
    {
        int at = name.Length == 3 ? Array.FindIndex(s_known, known => known.Name == name[1..]) : -1;
        type = at < 0 ? default : s_known[at].Type;
        bigEndian = name.StartsWith('>');

        // '|' says that order does not matter, which is true of single bytes only.
        return at >= 0 && (name[0] is '<' or '>' || (name[0] == '|' && type.Size() == 1));
    }

    /// <summary>The name of an element type; null for brain floating point, which numpy does not have.</summary>
    internal static string? Name(DType type)
    {
        int at = Array.FindIndex(s_known, known => known.Type == type);
        return at < 0 ? null : (type.Size() == 1 ? "|" : "<") + s_known[at].Name;
    }
}
