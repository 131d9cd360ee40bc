using System.Runtime.InteropServices;
using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>The format before torch 1.6, and what its oldest writers did.</summary>
public class TorchLegacyTests
{
    private static readonly byte[] s_sixFloats = MemoryMarshal.AsBytes<float>([0, 1, 2, 3, 4, 5]).ToArray();

    private static readonly (string, long, byte[]) s_storage = ("0", 6, s_sixFloats);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_storage_that_follows_its_pickle_is_read_under_any_protocol(byte protocol)
    {
        using var folder = new TemporaryFolder();
        byte[] frame = protocol < 4 ? [] : [0x95, 13, 0, 0, 0, 0, 0, 0, 0];
        byte[] rest = TorchLegacy.Compose(Tensor().Stop(), s_storage)[2..];

        var tensor = (HostArray)TorchArchive.Open(folder.File("x.pth", [0x80, protocol, .. frame, .. rest])).Root!;

        Assert.Equal([0, 3, 1, 4, 2, 5], tensor.As<float>().ToArray());
    }

    [Fact]
    public void Storages_are_read_in_the_order_of_the_list()
    {
        byte[] pickle = new PickleBuilder()
            .Tensor("ByteStorage", "a", 2, 0, [2], [1]).Tensor("LongStorage", "b", 1, 0, [], []).Raw(0x86).Stop();

        var pair = (IReadOnlyList<object?>)Read(pickle, ("b", 1, BitConverter.GetBytes(-7L)), ("a", 2, [8, 9])).Root!;

        Assert.Equal([8, 9], ((HostArray)pair[0]!).As<byte>().ToArray());
        Assert.Equal([-7L], ((HostArray)pair[1]!).As<long>().ToArray());
    }

    [Theory]
    [InlineData(2, 3, new float[] { 2, 3, 4 })]
    [InlineData(6, 0, new float[] { })]
    public void A_part_of_a_storage_is_that_part(long first, long count, float[] expected)
    {
        byte[] pickle = new PickleBuilder().Global("torch._utils", "_rebuild_tensor").Mark()
            .PartOfStorage("FloatStorage", "0", 6, first, count).Long(0).Longs(count).Longs(1).Op('t').Op('R').Stop();

        var tensor = (HostArray)Read(pickle, s_storage).Root!;

        Assert.Equal(expected, tensor.As<float>().ToArray());
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(7, 0)]
    [InlineData(-1, 2)]
    [InlineData(1, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void A_part_outside_its_storage_is_refused(long first, long count)
    {
        byte[] pickle = new PickleBuilder().PartOfStorage("FloatStorage", "0", 6, first, count).Stop();

        AssertRefused(TorchLegacy.Compose(pickle, s_storage), $"saved object: elements {first} to {first} + {count} of storage '0' lie outside its 6");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_Python_2_and_torch_before_0_4_wrote_is_read(bool hooks)
    {
        // A Parameter was a call of its class, with three attributes set afterwards; text was strings of bytes.
        var pickle = new PickleBuilder().OrderedDict().Raw((byte)'U', 6).Raw("weight"u8)
            .Global("torch.nn.parameter", "Parameter")
            .Global("torch._utils", "_rebuild_tensor").Mark().Mark()
            .Raw((byte)'U', 7).Raw("storage"u8).Global("torch", "FloatStorage").Raw((byte)'T', 1, 0, 0, 0).Raw("0"u8)
            .Raw((byte)'U', 6).Raw("cuda:0"u8).Raw((byte)'K', 6).Op('N').Op('t').Op('Q')
            .Raw((byte)'K', 0).Longs(6).Longs(1).Op('t').Op('R')
            .Raw(0x85).Op('R').Raw(0x88, 0x89);
        pickle = (hooks ? pickle.OrderedDict() : pickle.Op('N')).Raw(0x87).Op('b').Op('s');

        var root = (IReadOnlyDictionary<object, object?>)Read(pickle.Stop(), s_storage).Root!;

        Assert.Equal([0, 1, 2, 3, 4, 5], ((HostArray)root["weight"]!).As<float>().ToArray());
    }

    [SharedFact]
    public void Both_formats_of_one_state_hold_the_same_tensors()
    {
        string folder = Path.Combine(SharedFactAttribute.Folder!, "fixtures", "hf_biggan");

        IReadOnlyDictionary<string, HostArray> old = TorchStateDict.Read(Path.Combine(folder, "pytorch_model.bin"));
        IReadOnlyDictionary<string, HostArray> zip = TorchStateDict.Read(Path.Combine(folder, "weights.pth"));

        Assert.True(old.Count > 100, $"{old.Count} tensors are fewer than expected.");
        Assert.Equal(zip.Keys, old.Keys);
        Assert.All(zip, tensor => SampleArrays.AssertSame(tensor.Value, old[tensor.Key]));
    }

    [Theory]
    [InlineData(1L << 60, "storage '0': claims 1152921504606846976 elements of Float32, for which the file of")]
    [InlineData(long.MaxValue, "storage '0': claims 9223372036854775807 elements")]
    [InlineData(1000, "storage '0': claims 1000 elements")]
    [InlineData(-1, "storage '0': claims -1 elements")]
    [InlineData(5, "storage '0': has 6 elements at byte")]
    [InlineData(7, "storage '0': truncated: 36 bytes wanted at byte")]
    public void A_storage_that_is_not_as_claimed_is_refused(long elements, string reason) =>
        AssertRefused(TorchLegacy.Compose(new PickleBuilder().Tensor("FloatStorage", "0", elements, 0, [1], [1]).Stop(), s_storage), reason);

    [Fact]
    public void Claims_that_exceed_the_file_together_are_refused()
    {
        var pickle = new PickleBuilder();
        for (int i = 0; i < 200; i++)
            pickle.Storage("ByteStorage", $"{i}", 1000);

        AssertRefused(TorchLegacy.Compose(pickle.Stop()), "claims 1000 elements of UInt8, for which the file of");
    }

    [Fact]
    public void A_list_of_storages_that_lies_is_refused()
    {
        byte[] pickle = Tensor().Stop();

        AssertRefused(TorchLegacy.Compose(pickle), "storage '0': a tensor needs it, the file's list of storages lacks it");
        AssertRefused(TorchLegacy.Compose(pickle, s_storage, ("1", 0, [])), "storage '1': listed, but no tensor needs it");
        AssertRefused(TorchLegacy.Compose(pickle, s_storage, s_storage), "storage '0': listed twice");
        AssertRefused([.. TorchLegacy.Compose(pickle, s_storage), 1, 2], "end of the file: 2 bytes follow the last storage");
        AssertRefused(TorchLegacy.Compose(pickle, s_storage)[..^1], "storage '0': truncated: 32 bytes wanted at byte");
        AssertRefused(TorchLegacy.Compose(pickle, ("0", 1L << 61, s_sixFloats)), "storage '0': has 2305843009213693952 elements");
        AssertRefused(Parts(pickle, new PickleBuilder().Op('N').Stop()), "storage keys: not a list of strings");
        AssertRefused(Parts(pickle, new PickleBuilder().Op(']').Raw((byte)'K', 0).Op('a').Stop()), "storage keys: not a list of strings");
    }

    [Fact]
    public void A_storage_of_two_descriptions_is_refused()
    {
        byte[] types = new PickleBuilder().Storage("FloatStorage", "0", 6).Storage("IntStorage", "0", 6).Raw(0x86).Stop();
        byte[] sizes = new PickleBuilder().Storage("FloatStorage", "0", 6).Storage("FloatStorage", "0", 5).Raw(0x86).Stop();

        AssertRefused(TorchLegacy.Compose(types, s_storage), "storage '0': used both as 6 elements of Float32 and as 6 of Int32");
        AssertRefused(TorchLegacy.Compose(sizes, s_storage), "storage '0': used both as 6 elements of Float32 and as 5 of Float32");
    }

    [Fact]
    public void A_file_that_breaks_off_or_is_something_else_is_refused()
    {
        AssertRefused([0x80, 2, (byte)'N', (byte)'.'], "magic number: a pickle that torch.save did not write");
        AssertRefused(TorchLegacy.Magic, "version: truncated");
        AssertRefused([.. TorchLegacy.Magic, 0x80, 2, (byte)'K', 7, (byte)'.'], "version: not 1001");
        AssertRefused([.. TorchLegacy.Magic, .. TorchLegacy.Version], "system information: truncated");
        AssertRefused([.. TorchLegacy.Magic, .. TorchLegacy.Version, .. TorchLegacy.SystemInformation], "saved object: truncated");
        AssertRefused([.. TorchLegacy.Magic, .. TorchLegacy.Version, .. TorchLegacy.SystemInformation, .. new PickleBuilder().Op('N').Stop()], "storage keys: truncated");
    }

    [Fact]
    public void A_whole_model_is_refused_by_the_name_of_its_class()
    {
        byte[] pickle = new PickleBuilder().Mark().Text("module").Global("__main__", "Net").Text("net.py").Text("source").Op('t').Op('Q').Stop();

        AssertRefused(TorchLegacy.Compose(pickle), "saved object: refers to '__main__.Net', which is not a tensor or a plain container");
    }

    [Theory]
    [InlineData("archive", "ustar")]
    [InlineData("sys_info", "")]
    [InlineData("tensors", "")]
    public void The_tar_format_is_refused_with_the_cure(string name, string magic)
    {
        var tar = new byte[2048];
        Encoding.ASCII.GetBytes(name).CopyTo(tar, 0);
        Encoding.ASCII.GetBytes(magic).CopyTo(tar, 257);

        AssertRefused(tar, "file: a tar archive, as the first releases of torch wrote; load it with torch.load in Python and save it again");
    }

    /// <summary>A transposed view, which is copied once its storage has come.</summary>
    private static PickleBuilder Tensor() => new PickleBuilder().Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3]);

    private static byte[] Parts(byte[] pickle, byte[] keys) =>
        [.. TorchLegacy.Magic, .. TorchLegacy.Version, .. TorchLegacy.SystemInformation, .. pickle, .. keys];

    private static TorchArchive Read(byte[] pickle, params ReadOnlySpan<(string, long, byte[])> storages)
    {
        using var folder = new TemporaryFolder();
        return TorchArchive.Open(folder.File("x.pth", TorchLegacy.Compose(pickle, storages)));
    }

    private static void AssertRefused(byte[] file, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.pth", file);

        var error = Assert.Throws<ArrayFileException>(() => TorchArchive.Open(path));

        Assert.StartsWith($"{path}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
