namespace Sagan.Tensors.Files;

/// <summary>The dictionary at the start of an npy file (numpy.lib.format), a Python literal with three keys.</summary>
/// <param name="Type">The element type.</param>
/// <param name="BigEndian">Whether elements are stored with their largest byte first.</param>
/// <param name="FortranOrder">Whether the first axis is the fastest.</param>
/// <param name="Shape">Sizes of the axes.</param>
internal sealed record NpyHeader(DType Type, bool BigEndian, bool FortranOrder, long[] Shape)
{
    /// <summary>Reads the dictionary.</summary>
    /// <exception cref="ArrayFileException">It is not what numpy writes, or its element type is not supported.</exception>
    internal static NpyHeader Parse(string text, FilePlace place)
    {
        var literal = new NpyLiteral(text, place);
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;

        literal.Expect('{');
        while (!literal.Take('}'))
        {
            string key = literal.Text();
            literal.Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = literal.At('[') ? throw place.Wrong($"structured dtype {literal.Rest()} is not supported") : literal.Text();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = literal.Truth();
                    break;
                case "shape" when shape is null:
                    shape = literal.Tuple();
                    break;
                default:
                    throw place.Wrong($"unexpected or repeated key '{key}'");
            }

            if (!literal.Take(',') && !literal.At('}'))
                throw place.Wrong("a comma or '}' is missing");
        }

        literal.ExpectEnd();
        if (!NpyType.TryParse(descr ?? throw place.Wrong("'descr' is missing"), out DType type, out bool bigEndian))
            throw place.Wrong($"{(descr.Contains('O', StringComparison.Ordinal) ? "object " : "")}dtype '{descr}' is not supported; known are {NpyType.All}");

        return new NpyHeader(
            type,
            bigEndian,
            fortran ?? throw place.Wrong("'fortran_order' is missing"),
            shape ?? throw place.Wrong("'shape' is missing"));
    }

    /// <summary>The dictionary as numpy prints it, with a comma after the last size of a tuple of one.</summary>
    internal static string Format(string descr, ReadOnlySpan<long> shape)
    {
        string sizes = string.Join(", ", shape.ToArray()) + (shape.Length == 1 ? "," : "");
        return $"{{'descr': '{descr}', 'fortran_order': False, 'shape': ({sizes}), }}";
    }
}
