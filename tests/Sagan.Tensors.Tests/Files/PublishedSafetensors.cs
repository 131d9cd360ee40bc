using System.Text.Json;

namespace Sagan.Tensors.Tests.Files;

/// <summary>
/// A second reader of safetensors, written from the format's published description alone: eight bytes of header length
/// (little-endian, unsigned), the header as JSON, then the data, into which the offsets count.
/// </summary>
internal static class PublishedSafetensors
{
    public static (Dictionary<string, (string Type, long[] Shape, byte[] Data)> Tensors, Dictionary<string, string> Metadata) Read(byte[] file)
    {
        var tensors = new Dictionary<string, (string, long[], byte[])>();
        var metadata = new Dictionary<string, string>();
        int data = 8 + (int)BitConverter.ToUInt64(file);

        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, data - 8));
        foreach (JsonProperty entry in header.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                metadata = entry.Value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString()!);
                continue;
            }

            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            long[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            tensors.Add(entry.Name, (entry.Value.GetProperty("dtype").GetString()!, shape, file[(data + offsets[0])..(data + offsets[1])]));
        }

        return (tensors, metadata);
    }
}
