using System.IO.Compression;
using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class TorchWriterTests
{
    [Fact]
    public void Every_type_and_shape_comes_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, HostArray> arrays = SampleArrays.All();

        TorchWriter.Write(folder.File("x.pth"), arrays);

        IReadOnlyDictionary<string, HostArray> read = TorchStateDict.Read(folder.File("x.pth"));
        Assert.Equal(arrays.Keys, read.Keys);
        foreach ((string name, HostArray array) in arrays)
            SampleArrays.AssertSame(array, read[name]);
    }

    [Fact]
    public void Plain_values_and_containers_come_back()
    {
        using var folder = new TemporaryFolder();
        var value = new Dictionary<string, object?>
        {
            ["nothing"] = null,
            ["truths"] = new List<object?> { true, false },
            ["integers"] = new object?[] { 0, -1, int.MinValue, 1L << 31, long.MinValue },
            ["real"] = -0.1,
            ["text"] = "步\n",
            ["state"] = new Dictionary<long, object?> { [7] = new Dictionary<string, HostArray> { ["w"] = HostArray.Of([1f]) } },
            ["empty"] = new Dictionary<string, object?>(),
            ["none"] = Array.Empty<object?>(),
        };

        TorchWriter.Write(folder.File("x.pth"), value);

        var root = (IReadOnlyDictionary<object, object?>)TorchArchive.Open(folder.File("x.pth")).Root!;
        Assert.Equal(value.Keys, root.Keys.Cast<string>());
        Assert.Null(root["nothing"]);
        Assert.Equal([true, false], (IReadOnlyList<object?>)root["truths"]!);
        Assert.Equal([0L, -1L, (long)int.MinValue, 1L << 31, long.MinValue], (IReadOnlyList<object?>)root["integers"]!);
        Assert.Equal(-0.1, root["real"]);
        Assert.Equal("步\n", root["text"]);
        Assert.Equal(["state.7.w"], TorchStateDict.Read(folder.File("x.pth")).Keys);
        Assert.Empty((IReadOnlyDictionary<object, object?>)root["empty"]!);
        Assert.Empty((IReadOnlyList<object?>)root["none"]!);
    }

    [Fact]
    public void Entries_are_stored_aligned_and_true_to_their_checksums()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.pth");

        TorchWriter.Write(path, SampleArrays.All());

        byte[] file = File.ReadAllBytes(path);
        using ZipArchive zip = ZipFile.OpenRead(path);
        Assert.Equal(["archive/data.pkl", "archive/byteorder", "archive/data/0"], zip.Entries.Take(3).Select(entry => entry.FullName));
        Assert.Equal("archive/version", zip.Entries[^1].FullName);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            byte[] content = Content(entry);
            Assert.Equal(content.Length, entry.CompressedLength);
            Assert.Equal(Checksum(content), entry.Crc32);
            Assert.Equal(content, file[DataStart(file, entry.FullName)..][..content.Length]);
            Assert.Equal(0, DataStart(file, entry.FullName) % 64);
        }
    }

    [Fact]
    public void Equal_values_give_equal_bytes()
    {
        using var folder = new TemporaryFolder();

        TorchWriter.Write(folder.File("x.pth"), SampleArrays.All());
        TorchWriter.Write(folder.File("y.pth"), SampleArrays.All());

        Assert.Equal(File.ReadAllBytes(folder.File("x.pth")), File.ReadAllBytes(folder.File("y.pth")));
    }

    [Fact]
    public void An_array_under_two_names_is_stored_once()
    {
        using var folder = new TemporaryFolder();
        HostArray tied = HostArray.Of<float>([1, 2, 3], 3);

        TorchWriter.Write(folder.File("x.pth"), new Dictionary<string, HostArray> { ["a"] = tied, ["b"] = tied });

        IReadOnlyDictionary<string, HostArray> read = TorchStateDict.Read(folder.File("x.pth"));
        Assert.True(read["a"].Bytes == read["b"].Bytes, "Both names show one memory.");
        SampleArrays.AssertSame(tied, read["b"]);
    }

    [Fact]
    public void A_streamed_array_is_asked_once_and_takes_no_memory_of_its_size()
    {
        using var folder = new TemporaryFolder();
        const int Megabytes = 64;
        var chunk = new byte[1 << 16];
        int asked = 0;
        var array = new StreamedArray(DType.UInt8, [Megabytes << 20], stream =>
        {
            asked++;
            for (int i = 0; i < Megabytes << 4; i++)
                stream.Write(chunk);
        });

        long allocated = Allocation.Of(() => TorchWriter.Write(folder.File("x.pth"), new Dictionary<string, object?> { ["x"] = array }));

        Assert.Equal(1, asked);
        Assert.InRange(allocated, 0, 1 << 20);
        Assert.InRange(new FileInfo(folder.File("x.pth")).Length, Megabytes << 20, (Megabytes << 20) + 2000);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_wrong_number_of_bytes_leaves_the_older_file_alone(int written)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.pth", [1, 2, 3]);
        var array = new StreamedArray(DType.UInt8, [4], stream => stream.Write(new byte[written]));

        var error = Assert.Throws<ArrayFileException>(() => TorchWriter.Write(path, array));

        Assert.Contains($"entry 'archive/data/0': wrote {written} bytes where 4 were announced", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["x.pth"], folder.Names);
    }

    [Fact]
    public void What_a_torch_file_cannot_hold_is_named_by_its_place()
    {
        using var folder = new TemporaryFolder();
        var strange = new Dictionary<string, object?> { ["a"] = new object?[] { 1, new DateOnly(2000, 1, 1) } };
        var keyed = new Dictionary<string, object?> { ["a"] = new Dictionary<double, object?> { [0.5] = 1 } };
        object? deep = null;
        for (int i = 0; i < 100; i++)
            deep = new[] { deep };

        Assert.Equal("'a.1' is DateOnly, which a torch file cannot hold.", Refusal(strange));
        Assert.Equal("'a' has the key 0.5; keys are strings or integers.", Refusal(keyed));
        Assert.EndsWith("is nested more than 64 deep.", Refusal(deep), StringComparison.Ordinal);
        Assert.Empty(folder.Names);

        string Refusal(object? value) => Assert.Throws<ArgumentException>(() => TorchWriter.Write(folder.File("x.pth"), value)).Message;
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Where an entry's content begins, by its local header: 30 bytes, the name, and as many bytes as the header says at 28.</summary>
    private static int DataStart(byte[] file, string name)
    {
        int header = file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) - 30;
        return header + 30 + BitConverter.ToUInt16(file, header + 26) + BitConverter.ToUInt16(file, header + 28);
    }

    /// <summary>CRC-32 bit by bit.</summary>
    private static uint Checksum(byte[] content)
    {
        uint crc = ~0u;
        foreach (byte value in content)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
