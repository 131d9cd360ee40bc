using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class SafetensorsWriterTests
{
    [Fact]
    public void Every_type_and_shape_comes_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, HostArray> arrays = SampleArrays.All();
        var metadata = new Dictionary<string, string> { ["步"] = "1\n2\"", ["empty"] = "" };

        SafetensorsWriter.Write(folder.File("x.safetensors"), Entries(arrays), metadata);

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("x.safetensors"));
        Assert.Equal(metadata.OrderBy(item => item.Key), file.Metadata.OrderBy(item => item.Key));
        Assert.Equal(arrays.Keys.Order(StringComparer.Ordinal), file.Names.Order(StringComparer.Ordinal));
        foreach ((string name, HostArray array) in arrays)
            SampleArrays.AssertSame(array, file[name]);
    }

    [Fact]
    public void A_reader_written_from_the_formats_description_finds_the_same()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, HostArray> arrays = SampleArrays.All();
        var written = new Dictionary<string, string> { ["format"] = "pt", ["步"] = "\"\\\n\u0001é😀", ["empty"] = "" };

        SafetensorsWriter.Write(folder.File("x.safetensors"), Entries(arrays), written);

        byte[] file = File.ReadAllBytes(folder.File("x.safetensors"));
        (Dictionary<string, (string Type, long[] Shape, byte[] Data)> tensors, Dictionary<string, string> metadata) = PublishedSafetensors.Read(file);
        Assert.Equal(written.OrderBy(item => item.Key), metadata.OrderBy(item => item.Key));
        Assert.Equal(arrays.Keys.Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, HostArray array) in arrays)
        {
            Assert.Equal(PublishedName(array.DType), tensors[name].Type);
            Assert.Equal(array.Shape.ToArray(), tensors[name].Shape);
            Assert.Equal(array.Bytes.ToArray(), tensors[name].Data);
        }
    }

    [Fact]
    public void The_layout_is_that_of_the_reference_implementation()
    {
        using var folder = new TemporaryFolder();
        SafetensorsEntry[] entries =
        [
            new("a", HostArray.Of<byte>([7], 1)),
            new("z", HostArray.Of<float>([1], 1)),
            new("b", HostArray.Of<float>([2], 1, 1)),
            new("é", HostArray.Of([3L])),
        ];

        SafetensorsWriter.Write(folder.File("x.safetensors"), entries, new Dictionary<string, string> { ["k"] = "v" });

        byte[] written = File.ReadAllBytes(folder.File("x.safetensors"));
        const string Header = """{"__metadata__":{"k":"v"},"é":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1,1],"data_offsets":[8,12]},"z":{"dtype":"F32","shape":[1],"data_offsets":[12,16]},"a":{"dtype":"U8","shape":[1],"data_offsets":[16,17]}}""";
        int length = (Encoding.UTF8.GetByteCount(Header) + 7) / 8 * 8;
        Assert.Equal(BitConverter.GetBytes((long)length), written[..8]);
        Assert.Equal(Header, Encoding.UTF8.GetString(written[8..(8 + length)]).TrimEnd(' '));
        Assert.Equal([3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0x80, 0x3f, 7], written[(8 + length)..]);
    }

    [Fact]
    public void Every_element_is_aligned()
    {
        using var folder = new TemporaryFolder();

        SafetensorsWriter.Write(folder.File("x.safetensors"), Entries(SampleArrays.All()));

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("x.safetensors"));
        int[] sizes = [.. file.Names.Select(name => file[name].DType.Size())];
        Assert.Equal(sizes.OrderDescending(), sizes);
        Assert.Equal(0, BitConverter.ToInt64(File.ReadAllBytes(folder.File("x.safetensors"))) % 8);
    }

    [Fact]
    public void A_tensor_may_be_streamed_in_pieces()
    {
        using var folder = new TemporaryFolder();
        var entry = new SafetensorsEntry("x", DType.Int16, [2], stream =>
        {
            stream.WriteByte(1);
            stream.Write([0, 2, 0]);
        });

        SafetensorsWriter.Write(folder.File("x.safetensors"), [entry]);

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("x.safetensors"));
        Assert.Equal([1, 2], file["x"].As<short>().ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_wrong_number_of_bytes_leaves_the_older_file_alone(int written)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.safetensors", [1, 2, 3]);
        var entry = new SafetensorsEntry("short", DType.UInt8, [4], stream => stream.Write(new byte[written]));

        var error = Assert.Throws<ArrayFileException>(() => SafetensorsWriter.Write(path, [entry]));

        Assert.Contains($"tensor 'short': wrote {written} bytes where shape [4] of UInt8 takes 4", error.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["x.safetensors"], folder.Names);
    }

    [Fact]
    public void A_failing_source_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var entry = new SafetensorsEntry("x", DType.UInt8, [4], _ => throw new TimeoutException());

        Assert.Throws<TimeoutException>(() => SafetensorsWriter.Write(folder.File("x.safetensors"), [entry]));

        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_name_given_twice_is_refused()
    {
        using var folder = new TemporaryFolder();
        SafetensorsEntry[] entries = [new("x", HostArray.Of<byte>([7], 1)), new("x", HostArray.Of<float>([1], 1))];

        var error = Assert.Throws<ArrayFileException>(() => SafetensorsWriter.Write(folder.File("x.safetensors"), entries));

        Assert.Contains("tensor 'x': given twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reserved_name_is_refused() =>
        Assert.Throws<ArgumentException>(() => new SafetensorsEntry("__metadata__", HostArray.Of([1f])));

    private static string PublishedName(DType type) => type switch
    {
        DType.Bool => "BOOL",
        DType.UInt8 => "U8",
        DType.Int8 => "I8",
        DType.Int16 => "I16",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        DType.Float16 => "F16",
        DType.BFloat16 => "BF16",
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static IEnumerable<SafetensorsEntry> Entries(Dictionary<string, HostArray> arrays) =>
        arrays.Select(item => new SafetensorsEntry(item.Key, item.Value));
}
