using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Tests.Imaging;

namespace Sagan.Tests.Data;

public sealed class PictureSourcesTests
{
    [Fact]
    public void A_folder_and_its_archives_hold_the_same_pictures()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in new[] { "dog/10.png", "dog/9.png", "cat/1.png" })
            folder.PutPng(name, TestPictures.Noise(5, 4, 3, seed: name.Length + name[4]));
        folder.Put("cat/.DS_Store", [1, 2, 3]);
        folder.Put("cat/notes.txt", [1, 2, 3]);

        string[] contents = [.. new[] { folder.Data, folder.Zip(), folder.Tar(), folder.TarGz() }.Select(Describe)];

        Assert.StartsWith("cat,dog: cat/1.png=0", contents[0], StringComparison.Ordinal);
        Assert.All(contents, content => Assert.Equal(contents[0], content));
    }

    [Fact]
    public void Headers_tell_sizes_without_decoding()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("a/1.png", new Raster(7, 9, 1));
        folder.Put("a/2.jpg", JpegCodec.Encode(new Raster(11, 5, 3)));
        folder.Put("a/3.jpg", Encoding.ASCII.GetBytes("no picture"));

        foreach (string path in new[] { folder.Data, folder.Zip(), folder.TarGz() })
        {
            using PictureSource source = PictureSources.Open(path);
            Assert.Equal([new ImageHeader(7, 9, true, false), new ImageHeader(11, 5, false, false), null], source.ReadHeaders());
        }
    }

    [Fact]
    public void Labels_come_from_dataset_json()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("00000/img00000000.png", new Raster(4, 4, 3));
        folder.PutPng("00000/img00000001.png", new Raster(4, 4, 3));
        folder.Put("dataset.json", Encoding.UTF8.GetBytes("""{"labels": [["00000/img00000001.png", 0], ["00000/img00000000.png", 2]]}"""));

        using PictureSource source = PictureSources.Open(folder.Zip());

        Assert.Equal(["0", "1", "2"], source.ClassNames);
        Assert.Equal([2, 0], source.Entries.Select(entry => entry.Label));
    }

    [Fact]
    public void Labels_null_is_one_class()
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("00000/img00000000.png", new Raster(4, 4, 3));
        folder.Put("dataset.json", Encoding.UTF8.GetBytes("""{"labels": null}"""));

        using PictureSource source = PictureSources.Open(folder.Data);

        Assert.Equal(["0"], source.ClassNames);
        Assert.Equal(0, Assert.Single(source.Entries).Label);
    }

    [Theory]
    [InlineData("""{"labels": [["1.png", [0.1, 0.9]]]}""", "vectors")]
    [InlineData("""{"labels": [["2.png", 0]]}""", "no label")]
    [InlineData("""{"labels": [["1.png", 3]], "class_names": ["a"]}""", "class_names")]
    [InlineData("""{"labels": [""", "dataset.json")]
    public void A_dataset_json_that_cannot_be_used_is_explained(string json, string reason)
    {
        using var folder = new TemporaryFolder();
        folder.PutPng("1.png", new Raster(4, 4, 3));
        folder.Put("dataset.json", Encoding.UTF8.GetBytes(json));

        DataException error = Assert.Throws<DataException>(() => PictureSources.Open(folder.Data));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cifar_10_is_read_with_its_class_names()
    {
        using var folder = new TemporaryFolder();
        for (int i = 1; i <= 5; i++)
            folder.Put($"cifar-10-batches-bin/data_batch_{i}.bin", CifarRecord([(byte)(i % 2)], (byte)i));
        folder.Put("cifar-10-batches-bin/test_batch.bin", CifarRecord([1], 200));
        folder.Put("cifar-10-batches-bin/batches.meta.txt", "airplane\nbird\n\n"u8.ToArray());
        string archive = folder.TarGz();

        using PictureSource train = PictureSources.Open(archive);
        using PictureSource test = PictureSources.Open(folder.Data, "test");

        Assert.Equal(["airplane", "bird"], train.ClassNames);
        Assert.Equal([1, 0, 1, 0, 1], train.Entries.Select(entry => entry.Label));
        Raster picture = Assert.Single(test.Read()).Decode();
        Assert.Equal((32, 32, 3), (picture.Width, picture.Height, picture.Channels));
        Assert.Equal([200, 201, 202], picture.Pixels[..3]);
    }

    [Fact]
    public void Cifar_100_is_read_with_fine_labels()
    {
        using var folder = new TemporaryFolder();
        folder.Put("train.bin", CifarRecord([7, 1], 3));
        folder.Put("test.bin", CifarRecord([7, 0], 3));
        folder.Put("fine_label_names.txt", "apple\nfish\n"u8.ToArray());

        using PictureSource source = PictureSources.Open(folder.Data);

        Assert.Equal(1, Assert.Single(source.Entries).Label);
        Assert.Equal([3, 4, 5], Assert.Single(source.Read()).Decode().Pixels[..3]);
    }

    [Fact]
    public void A_truncated_cifar_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Put("train.bin", CifarRecord([7, 1], 3)[..^1]);
        folder.Put("fine_label_names.txt", "apple\nfish\n"u8.ToArray());

        DataException error = Assert.Throws<DataException>(() => PictureSources.Open(folder.Data));

        Assert.Contains("train.bin", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mnist_is_read_compressed_or_not(bool compressed)
    {
        using var folder = new TemporaryFolder();
        PutIdx(folder, "train-images-idx3-ubyte", compressed, [2, 2, 3], [1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16]);
        PutIdx(folder, "train-labels-idx1-ubyte", compressed, [2], [2, 0]);
        PutIdx(folder, "t10k-images-idx3-ubyte", compressed, [1, 2, 3], [9, 9, 9, 9, 9, 9]);
        PutIdx(folder, "t10k-labels-idx1-ubyte", compressed, [1], [1]);

        using PictureSource train = PictureSources.Open(folder.Data);
        using PictureSource test = PictureSources.Open(folder.Data, "test");

        Assert.Equal(["0", "1", "2"], train.ClassNames);
        Assert.Equal([2, 0], train.Entries.Select(entry => entry.Label));
        Raster second = train.Read().Last().Decode();
        Assert.Equal((3, 2, 1), (second.Width, second.Height, second.Channels));
        Assert.Equal([11, 12, 13, 14, 15, 16], second.Pixels);
        Assert.Single(test.Entries);
    }

    [Fact]
    public void Mnist_pictures_without_labels_are_refused()
    {
        using var folder = new TemporaryFolder();
        PutIdx(folder, "train-images-idx3-ubyte", false, [1, 1, 1], [1]);

        DataException error = Assert.Throws<DataException>(() => PictureSources.Open(folder.Data));

        Assert.Contains("train-labels-idx1-ubyte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_things_are_refused_with_what_was_looked_for()
    {
        using var folder = new TemporaryFolder();
        folder.Put("table.csv", [1, 2, 3]);

        DataException nothing = Assert.Throws<DataException>(() => PictureSources.Open(folder.At("nowhere")));
        DataException noPictures = Assert.Throws<DataException>(() => PictureSources.Open(folder.Data));
        DataException noArchive = Assert.Throws<DataException>(() => PictureSources.Open(Path.Combine(folder.Data, "table.csv")));

        Assert.Contains("no file or folder", nothing.Message, StringComparison.Ordinal);
        Assert.Contains("class folders", noPictures.Message, StringComparison.Ordinal);
        Assert.Contains(".tar.gz", noArchive.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 20; i++)
            folder.PutPng($"a/{i}.png", TestPictures.Noise(32, 32, 3, i));
        string archive = folder.TarGz();
        byte[] bytes = File.ReadAllBytes(archive);
        File.WriteAllBytes(archive, bytes[..(bytes.Length / 2)]);

        DataException error = Assert.Throws<DataException>(() => PictureSources.Open(archive));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    private static string Describe(string path)
    {
        using PictureSource source = PictureSources.Open(path);
        string[] pictures = new string[source.Entries.Count];
        foreach (Picture picture in source.Read())
        {
            PictureEntry entry = source.Entries[picture.Index];
            pictures[picture.Index] = $"{entry.Name}={entry.Label} {Convert.ToHexString(picture.Decode().Pixels)}";
        }

        return $"{string.Join(',', source.ClassNames)}: {string.Join("; ", pictures)}";
    }

    // Red, green and blue planes filled with value, value + 1, value + 2.
    private static byte[] CifarRecord(byte[] labels, byte value) =>
        [.. labels, .. Enumerable.Range(0, 3072).Select(i => (byte)(value + (i / 1024)))];

    private static void PutIdx(TemporaryFolder folder, string name, bool compressed, int[] shape, byte[] samples)
    {
        byte[] header = new byte[4 + (4 * shape.Length)];
        header[2] = 8;
        header[3] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), shape[i]);

        byte[] content = [.. header, .. samples];
        folder.Put(compressed ? name + ".gz" : name, compressed ? Compress(content) : content);
    }

    private static byte[] Compress(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }
}
