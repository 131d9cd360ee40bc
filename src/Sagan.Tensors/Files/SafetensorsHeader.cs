using System.Text.Json;
using System.Text.Unicode;

namespace Sagan.Tensors.Files;

/// <summary>
/// The JSON header of a safetensors file, wholly checked before anybody sees a byte of data. The format is that
/// of huggingface/safetensors (README, "Format"); like its reader, unknown fields of a tensor are passed over.
/// </summary>
internal sealed class SafetensorsHeader
{
    /// <summary>The reference implementation's limit, in bytes.</summary>
    internal const long MaxLength = 100_000_000;

    internal const string MetadataName = "__metadata__";

    private readonly string _path;
    private readonly long _dataLength;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly List<SafetensorsRange> _tensors = [];

    private SafetensorsHeader(string path, long dataLength)
    {
        _path = path;
        _dataLength = dataLength;
    }

    internal IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>The tensors in the order of their data.</summary>
    internal IReadOnlyList<SafetensorsRange> Tensors => _tensors;

    /// <summary>Reads a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="json">The header without its length.</param>
    /// <param name="dataLength">Bytes of the file after the header.</param>
    /// <exception cref="ArrayFileException">Anything at all is wrong with it.</exception>
    internal static SafetensorsHeader Parse(string path, byte[] json, long dataLength)
    {
        var header = new SafetensorsHeader(path, dataLength);
        if (!Utf8.IsValid(json))
            throw header.Wrong("header", "not UTF-8 text; this is not a safetensors file");
        if (json is not [(byte)'{', ..])
            throw header.Wrong("header", "does not begin with '{'; this is not a safetensors file");

        try
        {
            using var document = JsonDocument.Parse(json);
            header.ReadEntries(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escape such as \ud800 that is no character.
            throw header.Wrong("header", $"not JSON: {error.Message}", error);
        }

        header.CheckCoverage();
        return header;
    }

    private void ReadEntries(JsonElement root)
    {
        var seen = new HashSet<string>();
        foreach (JsonProperty entry in root.EnumerateObject())
        {
            if (!seen.Add(entry.Name))
                throw Wrong("header", $"duplicate key '{entry.Name}'");

            if (entry.Name == MetadataName)
                ReadMetadata(entry.Value);
            else
                _tensors.Add(ReadTensor(entry.Name, entry.Value));
        }
    }

    private void ReadMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
            throw Wrong(MetadataName, $"expected an object of strings, found {Kind(metadata)}");

        foreach (JsonProperty item in metadata.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.String)
                throw Wrong(MetadataName, $"value of '{item.Name}' must be a string, found {Kind(item.Value)}");
            if (!_metadata.TryAdd(item.Name, item.Value.GetString()!))
                throw Wrong(MetadataName, $"duplicate key '{item.Name}'");
        }
    }

    private SafetensorsRange ReadTensor(string name, JsonElement tensor)
    {
        string place = $"tensor '{name}'";
        if (tensor.ValueKind != JsonValueKind.Object)
            throw Wrong(place, $"expected an object, found {Kind(tensor)}");

        JsonElement? typeField = null, shapeField = null, offsetsField = null;
        foreach (JsonProperty field in tensor.EnumerateObject())
        {
            bool repeated = field.Name switch
            {
                "dtype" => Repeats(ref typeField, field.Value),
                "shape" => Repeats(ref shapeField, field.Value),
                "data_offsets" => Repeats(ref offsetsField, field.Value),
                _ => false,
            };
            if (repeated)
                throw Wrong(place, $"duplicate key '{field.Name}'");
        }

        DType type = ReadType(place, typeField ?? throw Wrong(place, "dtype is missing"));
        long[] shape = ReadIntegers(place, "shape", shapeField ?? throw Wrong(place, "shape is missing"));
        long[] offsets = ReadIntegers(place, "data_offsets", offsetsField ?? throw Wrong(place, "data_offsets are missing"));
        CheckTensor(place, type, shape, offsets);

        return new SafetensorsRange(name, type, shape, offsets[0], offsets[1]);
    }

    private static bool Repeats(ref JsonElement? field, JsonElement value)
    {
        bool repeated = field is not null;
        field = value;
        return repeated;
    }

    private DType ReadType(string place, JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.String)
            throw Wrong(place, $"dtype must be a string, found {Kind(field)}");
        if (!SafetensorsType.TryParse(field.GetString(), out DType type))
            throw Wrong(place, $"unknown dtype '{field.GetString()}'; known are {SafetensorsType.All}");

        return type;
    }

    private long[] ReadIntegers(string place, string what, JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Array)
            throw Wrong(place, $"{what} must be an array of integers, found {Kind(field)}");

        var integers = new long[field.GetArrayLength()];
        int at = 0;
        foreach (JsonElement item in field.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out integers[at++]))
                throw Wrong(place, $"{what} must hold 64-bit integers, found {item.GetRawText()}");
        }

        return integers;
    }

    private void CheckTensor(string place, DType type, long[] shape, long[] offsets)
    {
        if (!Extent.TryBytes(shape, type, out long size, out string problem))
            throw Wrong(place, problem);
        if (offsets.Length != 2)
            throw Wrong(place, $"data_offsets must be two integers, found {offsets.Length}");

        (long begin, long end) = (offsets[0], offsets[1]);
        if (begin < 0 || end < 0)
            throw Wrong(place, $"negative data_offsets [{begin}, {end}]");
        if (begin > end)
            throw Wrong(place, $"data_offsets [{begin}, {end}] run backwards");
        if (end > _dataLength)
            throw Wrong(place, $"data_offsets [{begin}, {end}] reach past the {_dataLength} bytes of data; the file is truncated");
        if (end - begin != size)
            throw Wrong(place, $"size mismatch: shape {Extent.Print(shape)} of {type} takes {size} bytes, data_offsets span {end - begin}");
    }

    /// <summary>Every byte of data belongs to exactly one tensor: bytes outside could smuggle anything.</summary>
    private void CheckCoverage()
    {
        _tensors.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));

        long covered = 0;
        for (int i = 0; i < _tensors.Count; i++)
        {
            SafetensorsRange tensor = _tensors[i];
            if (tensor.Begin < covered)
                throw Wrong($"tensor '{tensor.Name}'", $"overlaps tensor '{_tensors[i - 1].Name}'");
            if (tensor.Begin > covered)
                throw Wrong($"tensor '{tensor.Name}'", $"hole of {tensor.Begin - covered} bytes before it");

            covered = tensor.End;
        }

        if (covered < _dataLength)
            throw Wrong("data", $"{_dataLength - covered} bytes after the last tensor belong to none");
    }

    private static string Kind(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();

    private ArrayFileException Wrong(string place, string problem, Exception? cause = null) => new(_path, place, problem, cause);
}
