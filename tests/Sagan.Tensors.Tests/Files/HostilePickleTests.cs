using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Pickles that would run something, or exhaust something, in a reader that believed them.</summary>
public class HostilePickleTests
{
    [Fact]
    public void A_global_off_the_list_is_refused_by_name_before_it_is_called()
    {
        using var folder = new TemporaryFolder();
        string witness = folder.File("witness");
        byte[] pickle = new PickleBuilder().Global("os", "system").Text($"touch {witness}").Raw(0x85).Op('R').Stop();

        AssertRefused(pickle, "refers to 'os.system', which is not a tensor or a plain container; refused, nothing was run");
        Assert.False(File.Exists(witness));

        string legacy = folder.File("x.pth", TorchLegacy.Compose(pickle));
        var error = Assert.Throws<ArrayFileException>(() => TorchArchive.Open(legacy));
        Assert.StartsWith($"{legacy}: saved object: refers to 'os.system', which is not", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(witness));
    }

    [Fact]
    public void A_global_named_from_the_stack_is_refused_by_name() =>
        AssertRefused(new PickleBuilder().Text("posix").Text("system").Raw(0x93).Text("true").Raw(0x85).Op('R').Stop(), "refers to 'posix.system'");

    [Theory]
    [InlineData("torch", "load")]
    [InlineData("torch", "Size.__class__")]
    [InlineData("torch._utils", "_rebuild_tensor_v3")]
    [InlineData("builtins", "eval")]
    [InlineData("collections", "OrderedDict\r")]
    public void Close_neighbours_of_the_list_are_refused(string module, string name) =>
        AssertRefused(new PickleBuilder().Global(module, name).Stop(), $"refers to '{module}.{name.TrimEnd()}");

    [Theory]
    [InlineData('i', "0x69")]
    [InlineData('o', "0x6f")]
    [InlineData('\x81', "0x81")]
    [InlineData('\x92', "0x92")]
    [InlineData('\x82', "0x82")]
    [InlineData('P', "0x50")]
    public void Opcodes_that_make_objects_are_refused(char op, string code) =>
        AssertRefused(new PickleBuilder().Op(')').Op(')').Op(op).Stop(), $"opcode {code} at byte 4 is not one that state dicts need; refused");

    [Fact]
    public void Calls_of_what_is_no_function_are_refused()
    {
        AssertRefused(new PickleBuilder().Text("os.system").Op(')').Op('R').Stop(), "a call before byte");
        AssertRefused(new PickleBuilder().Global("torch", "FloatStorage").Op(')').Op('R').Stop(), "calls 'torch.FloatStorage'");
        AssertRefused(new PickleBuilder().Global("collections", "OrderedDict").Text("x").Raw(0x85).Op('R').Stop(), "calls 'collections.OrderedDict'");
    }

    [Fact]
    public void Strange_numbers_of_numpys_are_refused()
    {
        AssertRefused(Number("f8", [0, 0, 0, 0]), "calls 'numpy.core.multiarray.scalar'");
        AssertRefused(Number("O8", new byte[8]), "calls 'numpy.dtype'");
        AssertRefused(Number("V99999999999", new byte[8]), "calls 'numpy.dtype'");
        AssertRefused(Number("f8", new byte[9]), "calls 'numpy.core.multiarray.scalar'");
        AssertRefused(Number("f8", new byte[8], order: ">"), "state set before byte");
        AssertRefused(new PickleBuilder().Global("_codecs", "encode").Text("x").Text("latin1").Raw(0x86).Op('R').Stop(), "is a string of bytes");
        AssertRefused(new PickleBuilder().Global("_codecs", "encode").Text("x").Text("rot13").Raw(0x86).Op('R').Stop(), "calls '_codecs.encode'");
    }

    [Fact]
    public void State_for_anything_but_an_OrderedDict_is_refused()
    {
        AssertRefused(new PickleBuilder().Op(']').Op('}').Op('b').Stop(), "on something that is no OrderedDict");
        AssertRefused(new PickleBuilder().OrderedDict().Text("x").Op('b').Stop(), "on something that is no OrderedDict");
    }

    [Fact]
    public void What_is_no_value_may_not_remain()
    {
        AssertRefused(new PickleBuilder().Global("torch", "Size").Raw(0x85).Stop(), "'0' is torch.Size, not a tensor or a plain value");
        AssertRefused(new PickleBuilder().Storage("ByteStorage", "0", 4).Stop(), "is a bare storage, not a tensor");
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var pickle = new PickleBuilder().Op('N');
        for (int i = 0; i < 100_000; i++)
            pickle.Raw(0x85);

        AssertRefused(pickle.Stop(), "containers are nested more than 64 deep");
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused() =>
        AssertRefused(new PickleBuilder().Op(']').Raw((byte)'q', 0).Raw((byte)'h', 0).Op('a').Stop(), "containers are nested more than 64 deep");

    [Fact]
    public void A_tuple_that_doubles_at_every_level_is_refused()
    {
        var pickle = new PickleBuilder().Op('N');
        for (int i = 0; i < 60; i++)
            pickle.Raw((byte)'q', 0).Raw((byte)'h', 0).Raw(0x86);

        AssertRefused(pickle.Stop(), "describes more than 250000 values");
    }

    [Fact]
    public void A_memo_that_grows_without_end_is_refused()
    {
        var pickle = new PickleBuilder().Op('N');
        for (int i = 0; i <= 1_000_000; i++)
            pickle.Raw(0x94);

        AssertRefused(pickle.Stop(), "describes more values than a file of");
    }

    [Fact]
    public void A_far_memo_index_costs_nothing() =>
        AssertRefused(new PickleBuilder().Op('N').Raw((byte)'r', 255, 255, 255, 255).Raw((byte)'h', 0).Stop(), "recalls value 0");

    [Fact]
    public void Absurd_lengths_are_refused()
    {
        AssertRefused(new PickleBuilder().Raw((byte)'X', 255, 255, 255, 255).Stop(), "truncated: 4294967295 bytes wanted");
        AssertRefused(new PickleBuilder().Raw(0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1).Stop(), "an integer of 9 bytes");
        AssertRefused(new byte[(64 << 20) + 1], "more than the limit of 67108864");
    }

    [Fact]
    public void A_long_name_is_refused()
    {
        string half = new('k', 300);
        var joined = new PickleBuilder().Op('}').Text(half).Op('}').Text(half).Tensor("ByteStorage", "0", 4, 0, [4], [1]).Op('s').Op('s');
        var key = new PickleBuilder().Op('}').Text(half + half).Op('N').Op('s');

        AssertRefused(joined.Stop(), "a name is longer than 512 characters");
        AssertRefused(key.Stop(), " is longer than 512 characters");
    }

    [Fact]
    public void Broken_programs_are_refused()
    {
        AssertRefused([], "truncated");
        AssertRefused([(byte)'N', (byte)'.'], "does not begin with a pickle protocol");
        AssertRefused([0x80, 9, (byte)'N', (byte)'.'], "pickle protocol 9 is not supported");
        AssertRefused([0x80, 2, (byte)'N'], "truncated");
        AssertRefused(new PickleBuilder().Stop(), "the stack runs dry");
        AssertRefused(new PickleBuilder().Op('N').Mark().Raw(0x86).Stop(), "the stack runs dry");
        AssertRefused(new PickleBuilder().Op('N').Op('t').Stop(), "a mark is missing");
        AssertRefused(new PickleBuilder().Op('N').Op('N').Op('a').Stop(), "append to something that is no list");
        AssertRefused(new PickleBuilder().Op('}').Mark().Op('N').Op('u').Stop(), "is no dict");
        AssertRefused(new PickleBuilder().Op('}').Op('N').Op('N').Op('s').Stop(), "neither a string nor an integer");
        AssertRefused(new PickleBuilder().Op('N').Op('Q').Stop(), "a persistent id is not");
        AssertRefused(new PickleBuilder().Raw((byte)'X', 1, 0, 0, 0, 0xff).Stop(), "is not UTF-8");
    }

    private static byte[] Number(string type, byte[] bytes, string order = "<") => new PickleBuilder()
        .Global("numpy.core.multiarray", "scalar")
        .Global("numpy", "dtype").Text(type).Raw(0x89, 0x88, 0x87).Op('R')
        .Mark().Raw((byte)'K', 3).Text(order).Op('t').Op('b')
        .Global("_codecs", "encode").Text(Encoding.Latin1.GetString(bytes)).Text("latin1").Raw(0x86).Op('R')
        .Raw(0x86).Op('R').Stop();

    private static void AssertRefused(byte[] pickle, string reason)
    {
        using var folder = new TemporaryFolder();
        TorchZip.Write(folder.File("x.pth"), pickle, ("data/0", new byte[4]));

        var error = Assert.Throws<ArrayFileException>(() => TorchStateDict.Read(folder.File("x.pth")));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
