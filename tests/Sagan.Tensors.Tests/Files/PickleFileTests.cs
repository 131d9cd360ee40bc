using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class PickleFileTests
{
    [Fact]
    public void Arrays_of_numpys_are_read_in_either_order()
    {
        PickleBuilder rows = Content(EmptyArray(new PickleBuilder()), [2, 3], "i2", [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0], fortran: false).Op('b');
        PickleBuilder columns = Content(EmptyArray(new PickleBuilder()), [2, 3], "i2", [1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6, 0], fortran: true).Op('b');

        foreach (PickleBuilder pickle in (PickleBuilder[])[rows, columns])
        {
            HostArray array = Assert.IsType<HostArray>(Read(pickle));
            Assert.Equal([2, 3], array.Shape.ToArray());
            Assert.Equal<short>([1, 2, 3, 4, 5, 6], array.As<short>().ToArray());
        }
    }

    [Fact]
    public void An_array_that_was_remembered_while_empty_is_full_where_it_is_recalled()
    {
        PickleBuilder pickle = new PickleBuilder().Op(']').Mark();
        Content(EmptyArray(pickle).Raw((byte)'q', 7), [1], "f8", BitConverter.GetBytes(2.5), fortran: false).Op('b').Raw((byte)'h', 7).Op('e');

        var list = Assert.IsAssignableFrom<IReadOnlyList<object?>>(Read(pickle));

        Assert.Same(list[0], list[1]);
        Assert.Equal(2.5, Assert.IsType<HostArray>(list[0]).As<double>()[0]);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(600_000)]
    public void Bytes_that_protocol_2_wrote_as_text_are_read_whatever_their_length(int count)
    {
        // The upper half of the bytes takes two of UTF-8: the longer one is past what is read as a text.
        double[] values = [.. Enumerable.Range(0, count).Select(i => 1.0 / (i + 3))];
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        PickleBuilder pickle = EmptyArray(new PickleBuilder()).Mark().Long(1).Longs(count);
        Type(pickle, "f8").Raw(0x89);
        pickle.Global("_codecs", "encode").Text(Encoding.Latin1.GetString(bytes)).Text("latin1").Raw(0x86).Op('R').Op('t').Op('b');

        Assert.Equal(values, Assert.IsType<HostArray>(Read(pickle)).As<double>().ToArray());
    }

    [Fact]
    public void Arrays_that_do_not_fit_their_bytes_are_refused()
    {
        Assert.Contains("does not fit its shape and type", Refusal(Array([3], "f4", 16)), StringComparison.Ordinal);
        Assert.Contains("does not fit its shape and type", Refusal(Array([4], "f8", 16)), StringComparison.Ordinal);
        Assert.Contains("does not fit its shape and type", Refusal(Array([-4], "f4", 16)), StringComparison.Ordinal);
        Assert.Contains("does not fit its shape and type", Refusal(Array([1L << 31, 1L << 31, 4], "f4", 16)), StringComparison.Ordinal);
        Assert.Contains("calls 'numpy.dtype'", Refusal(Array([4], "O8", 32)), StringComparison.Ordinal);
        Assert.Contains("not a tensor or a plain value; refused", Refusal(EmptyArray(new PickleBuilder())), StringComparison.Ordinal);
        Assert.Contains("state set before byte", Refusal(EmptyArray(new PickleBuilder()).Op('}').Op('b')), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_array_is_refused()
    {
        Assert.Contains("calls 'numpy.ndarray'", Refusal(new PickleBuilder().Global("numpy", "ndarray").Op(')').Op('R')), StringComparison.Ordinal);
        Assert.Contains("refers to 'os.system'", Refusal(new PickleBuilder().Global("os", "system")), StringComparison.Ordinal);
        Assert.Contains("truncated: 4294967295 bytes wanted", Refusal(new PickleBuilder().Raw((byte)'B', 255, 255, 255, 255)), StringComparison.Ordinal);
        Assert.Contains("truncated: -1 bytes wanted", Refusal(new PickleBuilder().Raw(0x8e, 255, 255, 255, 255, 255, 255, 255, 255)), StringComparison.Ordinal);
        Assert.Contains("which only files of torch.save have", Refusal(new PickleBuilder().Storage("ByteStorage", "0", 4)), StringComparison.Ordinal);
        Assert.Contains("not a tensor or a plain value", Refusal(new PickleBuilder().Text(new string('x', 5 << 20))), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_and_columns_that_are_copied_again_and_again_are_refused()
    {
        PickleBuilder text = new PickleBuilder().Text(new string('x', 1 << 20)).Raw((byte)'q', 0);
        for (int i = 0; i < 200; i++)
            text.Global("_codecs", "encode").Raw((byte)'h', 0).Text("latin1").Raw(0x86).Op('R');
        PickleBuilder columns = Content(new PickleBuilder(), [1 << 19], "i2", new byte[1 << 20], fortran: true).Raw((byte)'q', 1);
        for (int i = 0; i < 200; i++)
            EmptyArray(columns).Raw((byte)'h', 1).Op('b');

        Assert.Contains("describes more values than a file of", Refusal(text), StringComparison.Ordinal);
        Assert.Contains("describes more values than a file of", Refusal(columns), StringComparison.Ordinal);
    }

    private static PickleBuilder Array(long[] shape, string type, int bytes) =>
        Content(EmptyArray(new PickleBuilder()), shape, type, new byte[bytes], fortran: false).Op('b');

    /// <summary>numpy.core.multiarray._reconstruct(numpy.ndarray, (0,), b'b').</summary>
    private static PickleBuilder EmptyArray(PickleBuilder pickle) => pickle
        .Global("numpy.core.multiarray", "_reconstruct").Global("numpy", "ndarray").Raw((byte)'K', 0, 0x85, (byte)'C', 1, (byte)'b', 0x87).Op('R');

    /// <summary>(1, shape, type, order, bytes).</summary>
    private static PickleBuilder Content(PickleBuilder pickle, long[] shape, string type, byte[] bytes, bool fortran) =>
        Type(pickle.Mark().Long(1).Longs(shape), type).Raw(fortran ? (byte)0x88 : (byte)0x89).Op('B').Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes).Op('t');

    private static PickleBuilder Type(PickleBuilder pickle, string name) => pickle
        .Global("numpy", "dtype").Text(name).Raw(0x89, 0x88, 0x87).Op('R').Mark().Raw((byte)'K', 3).Text("<").Op('t').Op('b');

    private static object? Read(PickleBuilder pickle)
    {
        using var folder = new TemporaryFolder();
        return PickleFile.Read(folder.File("x.pkl", pickle.Stop()));
    }

    private static string Refusal(PickleBuilder pickle) => Assert.Throws<ArrayFileException>(() => Read(pickle)).Message;
}
