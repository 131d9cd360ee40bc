using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Tests.Imaging;

namespace Sagan.Tests.Data;

public sealed class DatasetPackerTests
{
    [Fact]
    public void Reading_back_gives_the_same_pixels_labels_and_class_names()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 20; i++)
            folder.PutPng($"{(i % 3 == 0 ? "größer" : "klein")}/{i}.png", TestPictures.Noise(40, 50, 3, seed: i));

        Pack(folder, new PictureTransform(3, 32));

        using PictureDataset direct = Open(folder.Data, folder);
        using PictureDataset packed = Open(folder.At("packed.zip"), folder);
        Assert.Equal(["größer", "klein"], packed.ClassNames);
        Assert.Equal(direct.Fingerprint, packed.Fingerprint);
    }

    [Fact]
    public void The_archive_is_as_the_stylegan_family_expects()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("b/1.png", TestPictures.Noise(8, 8, 1, seed: 1));
        folder.PutPng("a/1.png", TestPictures.Noise(8, 8, 1, seed: 2));

        Pack(folder, new PictureTransform(1, 8));

        using ZipArchive zip = ZipFile.OpenRead(folder.At("packed.zip"));
        Assert.Equal(
            ["00000/img00000000.png", "00000/img00000001.png", "dataset.json"],
            zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        using Stream labels = zip.Entries[2].Open();
        Assert.Equal(
            """{"labels":[["00000/img00000000.png",0],["00000/img00000001.png",1]],"class_names":["a","b"]}""",
            JsonSerializer.Serialize(JsonDocument.Parse(labels)));
    }

    [Fact]
    public void Packing_twice_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 40; i++)
            folder.PutPng($"a/{i}.png", TestPictures.Noise(8, 8, 3, seed: i));

        Pack(folder, new PictureTransform(3, 8));
        byte[] first = File.ReadAllBytes(folder.At("packed.zip"));
        Pack(folder, new PictureTransform(3, 8));

        Assert.Equal(first, File.ReadAllBytes(folder.At("packed.zip")));
    }

    [Fact]
    public void Bad_pictures_leave_no_archive_unless_skipped()
    {
        using var folder = new TemporaryFolder();
        folder.Put("a/0.jpg", Encoding.ASCII.GetBytes("text"));
        folder.PutPng("a/1.png", new Raster(8, 8, 3));

        DataException error = Assert.Throws<DataException>(() => Pack(folder, new PictureTransform(3, 8)));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
        IReadOnlyList<BadPicture> bad = Pack(folder, new PictureTransform(3, 8), skipBad: true);

        Assert.Contains("a/0.jpg", error.Message, StringComparison.Ordinal);
        Assert.Equal("a/0.jpg", Assert.Single(bad).Name);
        using PictureSource source = PictureSources.Open(folder.At("packed.zip"));
        Assert.Equal("00000/img00000001.png", Assert.Single(source.Entries).Name);
    }

    private static IReadOnlyList<BadPicture> Pack(TemporaryFolder folder, PictureTransform transform, bool skipBad = false)
    {
        using PictureSource source = PictureSources.Open(folder.Data);
        return DatasetPacker.Pack(source, transform, folder.At("packed.zip"), skipBad);
    }

    private static PictureDataset Open(string path, TemporaryFolder folder) =>
        PictureDataset.Open(new PicturesConfig { Path = path, Resolution = 32 }, null, folder.Cache);
}
