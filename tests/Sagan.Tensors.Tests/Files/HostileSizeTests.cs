using System.Buffers.Binary;
using System.IO.Compression;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Files that claim or describe far more than they are: refused in memory of four times the file and a constant.</summary>
public class HostileSizeTests
{
    /// <summary>What a long pickle may take beside: as <see cref="TorchArchive"/> documents.</summary>
    private const long PickleConstant = (64 << 20) + Allocation.Constant;

    [Theory]
    [InlineData(1L << 60)]
    [InlineData(1L << 30)]
    [InlineData(-(1L << 60))]
    public void A_storage_of_absurd_size_is_not_allocated(long elements)
    {
        byte[] pickle = new PickleBuilder().Tensor("FloatStorage", "0", elements, 0, [elements], [1]).Stop();

        RefuseTorch(pickle, $"claims {elements} elements of Float32", Allocation.Constant);
        RefuseLegacy(pickle, $"claims {elements} elements of Float32", Allocation.Constant);
    }

    [Theory]
    [InlineData(new long[] { 1L << 31, 1L << 31, 4 }, new long[] { 0, 0, 0 }, 0, "overflows 64 bits")]
    [InlineData(new long[] { 1L << 33 }, new long[] { 0 }, 0, "would copy out more than")]
    [InlineData(new long[] { 2 }, new long[] { -1 }, 1, "must not be negative")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, -1, "must not be negative")]
    [InlineData(new long[] { -2 }, new long[] { 1 }, 0, "negative size")]
    [InlineData(new long[] { 2 }, new long[] { 1 }, 3, "reach outside the storage of 4 elements")]
    [InlineData(new long[] { 2, 2 }, new long[] { long.MaxValue, 1 }, 0, "reach outside the storage of 4 elements")]
    public void A_view_of_absurd_extent_is_not_allocated(long[] shape, long[] strides, long offset, string reason)
    {
        byte[] pickle = new PickleBuilder().Tensor("ByteStorage", "0", 4, offset, shape, strides).Stop();

        RefuseTorch(pickle, reason, Allocation.Constant);
        RefuseLegacy(pickle, reason, Allocation.Constant);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'}' })]
    [InlineData(new byte[] { (byte)']' })]
    [InlineData(new byte[] { (byte)'K', 7 })]
    [InlineData(new byte[] { 0x85 })]
    [InlineData(new byte[] { 0x94 })]
    [InlineData(new byte[] { (byte)'h', 0, 0x86 })]
    public void A_flood_of_values_stops_at_the_budget(byte[] flood)
    {
        byte[] pickle = new PickleBuilder().Text("x").Raw((byte)'q', 0).Raw(Repeat(flood, 2 << 20)).Stop();

        RefuseTorch(pickle, "describes more values than a file of", PickleConstant);
        RefuseLegacy(pickle, "describes more values than a file of", PickleConstant);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Keys_that_would_collide_are_hashed_apart(bool ordered)
    {
        // All of these have the hash 0 in .NET; a dict of them would take a time that grows with the square.
        PickleBuilder pickle = (ordered ? new PickleBuilder().OrderedDict() : new PickleBuilder().Op('}')).Mark();
        for (long i = 0; i < 200_000; i++)
            pickle.Long((i << 32) | i).Op('N');

        using var folder = new TemporaryFolder();
        string path = folder.File("x.pth", TorchLegacy.Compose(pickle.Op('u').Stop()));
        var dict = (IReadOnlyDictionary<object, object?>)TorchArchive.Open(path).Root!;

        Assert.Equal(200_000, dict.Count);
        Assert.True(dict.ContainsKey(7L << 32 | 7));
        Assert.False(dict.ContainsKey(7L));
    }

    [Fact]
    public void A_shared_tensor_under_countless_names_is_refused()
    {
        var pickle = new PickleBuilder().Tensor("ByteStorage", "0", 4, 0, [4], [1]);
        for (int i = 0; i < 20; i++)
            pickle.Raw((byte)'q', 0).Raw((byte)'h', 0).Raw(0x86);

        RefuseTorch(pickle.Stop(), "its tensors take more than 4194304 characters", PickleConstant);
    }

    [Fact]
    public void Nesting_is_refused_without_recursion()
    {
        byte[] tuples = new PickleBuilder().Op('N').Raw(Repeat([0x85], 100_000)).Stop();
        byte[] lists = new PickleBuilder().Raw(Repeat([(byte)']'], 100_000)).Raw(Repeat([(byte)'a'], 99_999)).Stop();
        byte[] marks = new PickleBuilder().Raw(Repeat([(byte)'('], 100_000)).Raw(Repeat([(byte)'t'], 100_000)).Stop();

        foreach (byte[] pickle in new[] { tuples, lists, marks })
        {
            RefuseTorch(pickle, "containers are nested more than 64 deep", PickleConstant);
            RefuseLegacy(pickle, "containers are nested more than 64 deep", PickleConstant);
        }
    }

    [Fact]
    public void A_compressed_entry_that_claims_gigabytes_is_not_inflated()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.npz");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        using (Stream bomb = zip.CreateEntry("x.npy", CompressionLevel.Fastest).Open())
        {
            for (int i = 0; i < 100; i++)
                bomb.Write(new byte[1 << 20]);
        }

        Refuse(path, NpzFile.Read, "entry 'x.npy': expands to 104857600 bytes", Allocation.Constant);
    }

    [Theory]
    [InlineData(uint.MaxValue - 1)]
    [InlineData(1u << 30)]
    [InlineData(4000u)]
    public void A_stored_entry_that_lies_about_its_length_is_refused(uint claim)
    {
        using var folder = new TemporaryFolder();
        TorchZip.Write(folder.File("x.pth"), new PickleBuilder().Tensor("ByteStorage", "0", claim, 0, [1], [1]).Stop(), ("data/0", new byte[4]));
        byte[] file = File.ReadAllBytes(folder.File("x.pth"));
        int name = file.AsSpan().LastIndexOf("archive/data/0"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(name - 26), claim);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(name - 22), claim);

        Refuse(folder.File("y.pth", file), TorchArchive.Open, "entry 'archive/", Allocation.Constant);
    }

    [Fact]
    public void A_directory_of_countless_entries_is_refused()
    {
        byte[] line = [.. "PK\x01\x02"u8, .. new byte[24], 4, 0, .. new byte[16], .. "abcd"u8];
        const int Lines = 400_000;
        byte[] end = [.. "PK\x05\x06"u8, .. new byte[4], 255, 255, 255, 255, .. BitConverter.GetBytes(Lines * line.Length), .. new byte[4], 0, 0];

        using var folder = new TemporaryFolder();
        string path = folder.File("x.npz", [.. Repeat(line, Lines), .. end]);

        Refuse(path, NpzFile.Read, "zip archive: damaged, or no zip archive: its directory takes more than 4194304 bytes", PickleConstant);
    }

    private static byte[] Repeat(byte[] pattern, int count)
    {
        var repeated = new byte[pattern.Length * count];
        for (int i = 0; i < repeated.Length; i += pattern.Length)
            pattern.CopyTo(repeated, i);

        return repeated;
    }

    private static void RefuseTorch(byte[] pickle, string reason, long constant)
    {
        using var folder = new TemporaryFolder();
        TorchZip.Write(folder.File("x.pth"), pickle, ("data/0", new byte[4]));
        Refuse(folder.File("x.pth"), TorchStateDict.Read, reason, constant);
    }

    private static void RefuseLegacy(byte[] pickle, string reason, long constant)
    {
        using var folder = new TemporaryFolder();
        Refuse(folder.File("x.pth", TorchLegacy.Compose(pickle)), TorchStateDict.Read, reason, constant);
    }

    private static void Refuse(string path, Func<string, object> read, string reason, long constant)
    {
        ArrayFileException? error = null;
        long allocated = Allocation.Of(() => error = Assert.Throws<ArrayFileException>(() => read(path)));

        Assert.StartsWith($"{path}: ", error!.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Allocation.AssertBounded(allocated, new FileInfo(path).Length, constant);
    }
}
