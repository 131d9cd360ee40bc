using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class TorchArchiveTests
{
    private static readonly byte[] s_sixFloats = MemoryMarshal.AsBytes<float>([0, 1, 2, 3, 4, 5]).ToArray();

    [Fact]
    public void Plain_values_and_containers_are_read()
    {
        PickleBuilder pickle = new PickleBuilder().Op('}').Mark()
            .Text("none").Op('N')
            .Text("truth").Raw(0x88)
            .Text("negative").Raw((byte)'J', 0xfe, 0xff, 0xff, 0xff)
            .Text("long").Long(long.MinValue)
            .Text("real").Raw((byte)'G', 0xc0, 0x04, 0, 0, 0, 0, 0, 0)
            .Text("list").Op(']').Mark().Raw((byte)'K', 200).Raw((byte)'M', 1, 2).Op('e').Raw((byte)'K', 3).Op('a')
            .Text("tuple").Raw((byte)'K', 1).Raw((byte)'K', 2).Raw(0x86)
            .Text("size").Global("torch", "Size").Longs(4, 5).Raw(0x85).Op('R')
            .Raw((byte)'K', 7).Raw(0x8c, 2, (byte)'h', (byte)'i')
            .Op('u');

        var root = (IReadOnlyDictionary<object, object?>)Read(pickle.Stop()).Root!;

        Assert.Null(root["none"]);
        Assert.Equal(true, root["truth"]);
        Assert.Equal(-2L, root["negative"]);
        Assert.Equal(long.MinValue, root["long"]);
        Assert.Equal(-2.5, root["real"]);
        Assert.Equal([200L, 513L, 3L], (IReadOnlyList<object?>)root["list"]!);
        Assert.Equal([1L, 2L], (IReadOnlyList<object?>)root["tuple"]!);
        Assert.Equal([4L, 5L], (IReadOnlyList<object?>)root["size"]!);
        Assert.Equal("hi", root[7L]);
    }

    [Theory]
    [InlineData("FloatStorage", DType.Float32)]
    [InlineData("DoubleStorage", DType.Float64)]
    [InlineData("HalfStorage", DType.Float16)]
    [InlineData("BFloat16Storage", DType.BFloat16)]
    [InlineData("LongStorage", DType.Int64)]
    [InlineData("IntStorage", DType.Int32)]
    [InlineData("ShortStorage", DType.Int16)]
    [InlineData("CharStorage", DType.Int8)]
    [InlineData("ByteStorage", DType.UInt8)]
    [InlineData("BoolStorage", DType.Bool)]
    public void Every_element_type_is_read(string storage, DType type)
    {
        byte[] content = [.. Enumerable.Range(0, 2 * type.Size()).Select(i => (byte)(i & 1))];

        var tensor = (HostArray)Read(new PickleBuilder().Tensor(storage, "0", 2, 0, [2], [1]).Stop(), ("data/0", content)).Root!;

        SampleArrays.AssertSame(new HostArray(type, [2], content), tensor);
    }

    [Theory]
    [InlineData(0, new long[] { 3, 2 }, new long[] { 1, 3 }, new float[] { 0, 3, 1, 4, 2, 5 })]
    [InlineData(1, new long[] { 2, 2 }, new long[] { 3, 1 }, new float[] { 1, 2, 4, 5 })]
    [InlineData(2, new long[] { 2 }, new long[] { 1 }, new float[] { 2, 3 })]
    [InlineData(5, new long[] { 6 }, new long[] { 0 }, new float[] { 5, 5, 5, 5, 5, 5 })]
    [InlineData(4, new long[] { }, new long[] { }, new float[] { 4 })]
    [InlineData(1, new long[] { 1, 2 }, new long[] { 999, 1 }, new float[] { 1, 2 })]
    [InlineData(0, new long[] { 0, 3 }, new long[] { 3, 1 }, new float[] { })]
    public void A_strided_view_becomes_contiguous(long offset, long[] shape, long[] strides, float[] expected)
    {
        byte[] pickle = new PickleBuilder().Tensor("FloatStorage", "0", 6, offset, shape, strides).Stop();

        var tensor = (HostArray)Read(pickle, ("data/0", s_sixFloats)).Root!;

        Assert.Equal(shape, tensor.Shape.ToArray());
        Assert.Equal(expected, tensor.As<float>().ToArray());
    }

    [Fact]
    public void Parameters_and_the_state_of_an_OrderedDict_are_seen_through()
    {
        PickleBuilder pickle = new PickleBuilder().OrderedDict().Mark()
            .Text("weight").Global("torch._utils", "_rebuild_parameter").Mark().Tensor("FloatStorage", "0", 6, 0, [6], [1]).Raw(0x88).OrderedDict().Op('t').Op('R')
            .Op('u')
            .Op('}').Text("_metadata").OrderedDict().Op('s').Op('b');

        var root = (IReadOnlyDictionary<object, object?>)Read(pickle.Stop(), ("data/0", s_sixFloats)).Root!;

        Assert.Equal(["weight"], root.Keys);
        Assert.Equal([0, 1, 2, 3, 4, 5], ((HostArray)root["weight"]!).As<float>().ToArray());
    }

    [Fact]
    public void A_value_remembered_is_recalled_as_itself()
    {
        PickleBuilder pickle = new PickleBuilder().Op(']').Mark()
            .Tensor("FloatStorage", "0", 6, 0, [6], [1]).Raw((byte)'r', 7, 1, 0, 0)
            .Raw((byte)'j', 7, 1, 0, 0)
            .Op('e');

        var list = (IReadOnlyList<object?>)Read(pickle.Stop(), ("data/0", s_sixFloats)).Root!;

        Assert.IsType<HostArray>(list[0]);
        Assert.Same(list[0], list[1]);
    }

    [Theory]
    [InlineData("little", 1f)]
    [InlineData("big", 4.6006e-41f)]
    public void The_byte_order_entry_is_respected(string order, float expected)
    {
        byte[] pickle = new PickleBuilder().Tensor("FloatStorage", "0", 1, 0, [], []).Stop();

        var tensor = (HostArray)Read(pickle, ("data/0", [0, 0, 0x80, 0x3f]), ("byteorder", Encoding.UTF8.GetBytes(order))).Root!;

        Assert.Equal(expected, tensor.As<float>()[0], 1e-44f);
    }

    [Fact]
    public void An_unknown_byte_order_is_refused() =>
        AssertRefused(new PickleBuilder().Op('N').Stop(), "unknown byte order 'middle'", ("byteorder", "middle"u8.ToArray()));

    [Theory]
    [InlineData(1, new long[] { 6 }, new long[] { 1 }, "reach outside the storage of 6 elements")]
    [InlineData(6, new long[] { }, new long[] { }, "reach outside the storage of 6 elements")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { 5, 1 }, "reach outside the storage of 6 elements")]
    [InlineData(0, new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue }, "reach outside the storage of 6 elements")]
    [InlineData(long.MaxValue, new long[] { 2 }, new long[] { 1 }, "reach outside the storage of 6 elements")]
    [InlineData(-1, new long[] { 2 }, new long[] { 1 }, "must not be negative")]
    [InlineData(5, new long[] { 2 }, new long[] { -1 }, "must not be negative")]
    [InlineData(0, new long[] { -2 }, new long[] { 1 }, "has a negative size")]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 1 }, "differ in length")]
    [InlineData(0, new long[] { 1L << 32, 1L << 32 }, new long[] { 0, 0 }, "overflows 64 bits")]
    [InlineData(0, new long[] { 1L << 40 }, new long[] { 0 }, "would copy out more than the 24 bytes that the archive holds")]
    [InlineData(0, new long[] { 7 }, new long[] { 0 }, "would copy out more than the 24 bytes that the archive holds")]
    public void A_view_outside_its_storage_is_refused(long offset, long[] shape, long[] strides, string reason) =>
        AssertRefused(new PickleBuilder().Tensor("FloatStorage", "0", 6, offset, shape, strides).Stop(), reason, ("data/0", s_sixFloats));

    [Theory]
    [InlineData("FloatStorage", "0", 7, "claims 7 elements of Float32, the entry holds 24 bytes")]
    [InlineData("FloatStorage", "0", 5, "claims 5 elements of Float32, the entry holds 24 bytes")]
    [InlineData("FloatStorage", "0", long.MaxValue, "the entry holds 24 bytes")]
    [InlineData("FloatStorage", "0", -6, "claims -6 elements")]
    [InlineData("FloatStorage", "1", 6, "entry 'archive/data/1': the archive has no such storage")]
    [InlineData("FloatStorage", "../data.pkl", 6, "entry 'archive/data/../data.pkl': the archive has no such storage")]
    [InlineData("ComplexFloatStorage", "0", 3, "'torch.ComplexFloatStorage'")]
    public void A_storage_that_is_not_as_claimed_is_refused(string type, string key, long elements, string reason) =>
        AssertRefused(new PickleBuilder().Tensor(type, key, elements, 0, [1], [1]).Stop(), reason, ("data/0", s_sixFloats));

    [Fact]
    public void Repeated_strided_views_share_one_budget()
    {
        PickleBuilder pickle = new PickleBuilder().Op(']').Mark();
        for (int i = 0; i < 2; i++)
            pickle.Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3]);

        AssertRefused(pickle.Op('e').Stop(), "would copy out more", ("data/0", s_sixFloats));
    }

    [Fact]
    public void A_storage_of_two_types_is_refused()
    {
        PickleBuilder pickle = new PickleBuilder()
            .Tensor("FloatStorage", "0", 6, 0, [6], [1]).Tensor("IntStorage", "0", 6, 0, [6], [1]).Raw(0x86);

        AssertRefused(pickle.Stop(), "used both as Float32 and as Int32", ("data/0", s_sixFloats));
    }

    [Fact]
    public void A_negated_tensor_is_refused()
    {
        PickleBuilder pickle = new PickleBuilder().Global("torch._utils", "_rebuild_tensor_v2").Mark()
            .Storage("FloatStorage", "0", 6).Long(0).Longs(6).Longs(1).Raw(0x89).OrderedDict()
            .Op('}').Text("neg").Raw(0x88).Op('s')
            .Op('t').Op('R');

        AssertRefused(pickle.Stop(), "calls 'torch._utils._rebuild_tensor_v2' with arguments", ("data/0", s_sixFloats));
    }

    [Fact]
    public void A_compressed_storage_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder.File("x.pth"), ZipArchiveMode.Create))
        {
            using (Stream pickle = zip.CreateEntry("archive/data.pkl", CompressionLevel.NoCompression).Open())
                pickle.Write(new PickleBuilder().Tensor("ByteStorage", "0", 1 << 20, 0, [1], [1]).Stop());
            using (Stream storage = zip.CreateEntry("archive/data/0").Open())
                storage.Write(new byte[1 << 20]);
        }

        var error = Assert.Throws<ArrayFileException>(() => TorchArchive.Open(folder.File("x.pth")));

        Assert.Contains("entry 'archive/data/0': the entry is compressed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_of_something_else_is_refused()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder.File("x.npz"), new Dictionary<string, HostArray> { ["x"] = HostArray.Of([1f]) });

        Assert.Contains("expected one data.pkl in the top folder, found 0", RefusalOf(folder.File("x.npz")), StringComparison.Ordinal);
        Assert.Contains("no zip archive", RefusalOf(folder.File("y", [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("no zip archive", RefusalOf(folder.File("z", [])), StringComparison.Ordinal);
        Assert.Contains("a pickle that torch.save did not write", RefusalOf(folder.File("w", [0x80, 2, (byte)'.'])), StringComparison.Ordinal);
    }

    private static string RefusalOf(string path) => Assert.Throws<ArrayFileException>(() => TorchArchive.Open(path)).Message;

    private static void AssertRefused(byte[] pickle, string reason, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var folder = new TemporaryFolder();
        TorchZip.Write(folder.File("x.pth"), pickle, entries);

        Assert.Contains(reason, RefusalOf(folder.File("x.pth")), StringComparison.Ordinal);
    }

    private static TorchArchive Read(byte[] pickle, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var folder = new TemporaryFolder();
        TorchZip.Write(folder.File("x.pth"), pickle, entries);
        return TorchArchive.Open(folder.File("x.pth"));
    }
}
