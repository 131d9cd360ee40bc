using System.IO.Compression;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Composes files as torch.save lays them out: a folder with data.pkl and data/0, data/1 and so on, stored.</summary>
internal static class TorchZip
{
    public static void Write(string path, byte[] pickle, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "archive/data.pkl", pickle);
        foreach ((string name, byte[] content) in entries)
            Add(zip, "archive/" + name, content);
        Add(zip, "archive/version", "3\n"u8.ToArray());
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using Stream stream = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(content);
    }
}
