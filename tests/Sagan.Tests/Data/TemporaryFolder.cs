using System.Formats.Tar;
using System.IO.Compression;
using Sagan.Imaging;

namespace Sagan.Tests.Data;

/// <summary>A folder that is deleted after the test, with ways to fill it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("sagan-test-").FullName;

    public string Path { get; }

    /// <summary>Where the data set under test lies; caches and archives stay beside it.</summary>
    public string Data => At("data");

    public string Cache => At("cache");

    public string At(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Writes a file below <see cref="Data"/>.</summary>
    public void Put(string relative, byte[] bytes)
    {
        string path = System.IO.Path.Combine(Data, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    public void PutPng(string relative, Raster picture) => Put(relative, PngCodec.Encode(picture));

    public string Zip()
    {
        ZipFile.CreateFromDirectory(Data, At("data.zip"));
        return At("data.zip");
    }

    public string Tar()
    {
        TarFile.CreateFromDirectory(Data, At("data.tar"), includeBaseDirectory: false);
        return At("data.tar");
    }

    public string TarGz()
    {
        using FileStream file = File.Create(At("data.tar.gz"));
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(Data, gzip, includeBaseDirectory: false);
        return At("data.tar.gz");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
