using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sagan.Tensors.Files;

/// <summary>Writes safetensors files, laid out as the reference implementation (huggingface/safetensors, tensor.rs) lays them out.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>The reference implementation writes letters of any alphabet as they are.</summary>
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes a file beside, flushes it to the disk and renames it over <paramref name="path"/>; on failure nothing
    /// is left behind and an older file of that name stays. Equal input gives equal bytes.
    /// </summary>
    /// <param name="path">The file to write.</param>
    /// <param name="entries">The tensors, in any order; each is asked for its bytes once.</param>
    /// <param name="metadata">Strings to carry in the header.</param>
    /// <exception cref="ArrayFileException">Two tensors have one name, a tensor wrote another number of bytes than its shape takes, or the header is too long.</exception>
    public static void Write(string path, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        List<SafetensorsEntry> ordered = Order(path, entries);
        ReadOnlyMemory<byte> header = Header(path, ordered, metadata);

        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.Span);
            foreach (SafetensorsEntry entry in ordered)
                WriteData(path, stream, entry);
        });
    }

    /// <summary>Largest element types first, so that data which starts at a multiple of 8 stays aligned; then by name.</summary>
    private static List<SafetensorsEntry> Order(string path, IEnumerable<SafetensorsEntry> entries)
    {
        List<SafetensorsEntry> ordered =
        [
            .. entries.OrderByDescending(entry => SafetensorsType.Rank(entry.DType)).ThenBy(entry => entry.Name, StringComparer.Ordinal),
        ];

        var names = new HashSet<string>();
        foreach (SafetensorsEntry entry in ordered)
        {
            if (!names.Add(entry.Name))
                throw new ArrayFileException(path, $"tensor '{entry.Name}'", "given twice");
        }

        return ordered;
    }

    private static ReadOnlyMemory<byte> Header(string path, List<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(new byte[sizeof(ulong)]);
        using (var json = new Utf8JsonWriter(buffer, s_json))
            WriteJson(path, json, entries, metadata);

        while (buffer.WrittenCount % Alignment != 0)
            buffer.Write(" "u8);

        long length = buffer.WrittenCount - sizeof(ulong);
        if (length > SafetensorsHeader.MaxLength)
            throw new ArrayFileException(path, "header", $"{length} bytes are more than the limit of {SafetensorsHeader.MaxLength}");

        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        return header;
    }

    private static void WriteJson(string path, Utf8JsonWriter json, List<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach ((string key, string value) in metadata.OrderBy(item => item.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
        }

        long offset = 0;
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.Length > long.MaxValue - offset)
                throw new ArrayFileException(path, $"tensor '{entry.Name}'", "the file would overflow 64 bits");

            WriteTensor(json, entry, offset);
            offset += entry.Length;
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, SafetensorsEntry entry, long offset)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", SafetensorsType.Name(entry.DType));

        json.WriteStartArray("shape");
        foreach (long size in entry.Shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();

        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(offset + entry.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteData(string path, FileStream stream, SafetensorsEntry entry)
    {
        long start = stream.Position;
        entry.WriteTo(stream);

        long written = stream.Position - start;
        if (written != entry.Length)
            throw new ArrayFileException(path, $"tensor '{entry.Name}'", $"wrote {written} bytes where shape {Extent.Print(entry.Shape)} of {entry.DType} takes {entry.Length}");
    }
}
