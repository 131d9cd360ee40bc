using System.Buffers.Binary;
using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class NpyFileTests
{
    [Fact]
    public void Every_type_and_shape_comes_back_bit_for_bit()
    {
        using var folder = new TemporaryFolder();

        foreach ((string name, HostArray array) in SampleArrays.All().Where(item => item.Value.DType != DType.BFloat16))
        {
            NpyFile.Write(folder.File(name), array);
            SampleArrays.AssertSame(array, NpyFile.Read(folder.File(name)));
        }
    }

    [Fact]
    public void A_written_file_is_what_numpy_describes()
    {
        using var folder = new TemporaryFolder();

        NpyFile.Write(folder.File("x.npy"), HostArray.Of<float>([1, -2.5f, 0], 3));

        // numpy.lib.format: magic, version, length, dictionary, spaces, a line feed; data at a multiple of 64.
        string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }".PadRight(117) + '\n';
        byte[] expected =
        [
            0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header),
            0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, File.ReadAllBytes(folder.File("x.npy")));
        Assert.Equal(128 + 12, expected.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_versions_of_the_header_are_read(byte version)
    {
        HostArray array = Read(Compose(version, "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 1), }", [1, 0, 0xff, 0xff]));

        Assert.Equal([1, -1], array.As<short>().ToArray());
        Assert.Equal([2, 1], array.Shape.ToArray());
    }

    [Fact]
    public void A_header_may_be_ordered_and_quoted_otherwise()
    {
        HostArray array = Read(Compose(1, "{\"shape\":(),'fortran_order':True,'descr':'|u1'}", [9]));

        Assert.Equal([9], array.As<byte>().ToArray());
        Assert.Equal(0, array.Shape.Length);
    }

    [Fact]
    public void Big_endian_elements_are_turned_round()
    {
        Assert.Equal([1f], Read(Compose(1, Header(">f4", "(1,)"), [0x3f, 0x80, 0, 0])).As<float>().ToArray());
        Assert.Equal([1d], Read(Compose(1, Header(">f8", "(1,)"), [0x3f, 0xf0, 0, 0, 0, 0, 0, 0])).As<double>().ToArray());
        Assert.Equal([258], Read(Compose(1, Header(">i2", "(1,)"), [1, 2])).As<short>().ToArray());
        Assert.Equal([-2L], Read(Compose(1, Header(">i8", "()"), [255, 255, 255, 255, 255, 255, 255, 254])).As<long>().ToArray());
    }

    [Fact]
    public void Fortran_order_becomes_C_order()
    {
        // Element (i, j, k) of shape (2, 3, 4) holds 100 i + 10 j + k; Fortran stores i fastest.
        byte[] fortran = [.. from k in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) from i in Enumerable.Range(0, 2) select (byte)(100 * i + 10 * j + k)];
        byte[] expected = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from k in Enumerable.Range(0, 4) select (byte)(100 * i + 10 * j + k)];

        HostArray array = Read(Compose(1, "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3, 4), }", fortran));

        Assert.Equal(expected, array.As<byte>().ToArray());
        Assert.Equal([2, 3, 4], array.Shape.ToArray());
    }

    [Theory]
    [InlineData("'descr': '|O'", "object dtype '|O' is not supported")]
    [InlineData("'descr': [('x', '<f4'), ('y', '<i4')]", "structured dtype [('x', '<f4'), ('y', '<i4')]")]
    [InlineData("'descr': '<c8'", "dtype '<c8' is not supported")]
    [InlineData("'descr': '<U3'", "dtype '<U3' is not supported")]
    [InlineData("'descr': '|f4'", "dtype '|f4' is not supported")]
    [InlineData("'descr': 'f4'", "dtype 'f4' is not supported")]
    [InlineData("'descr': '<f4', 'descr': '<f4'", "unexpected or repeated key 'descr'")]
    [InlineData("'dtype': '<f4'", "unexpected or repeated key 'dtype'")]
    [InlineData("'descr': \"<f4", "a quote is not closed")]
    public void Types_that_are_no_numbers_are_refused_by_name(string descr, string reason) =>
        AssertRefused(Compose(1, $"{{{descr}, 'fortran_order': False, 'shape': (1,), }}", new byte[4]), reason);

    [Theory]
    [InlineData("(2,)", "truncated: shape [2] of Float32 takes 8 bytes, the file holds 4")]
    [InlineData("(0,)", "trailing bytes: shape [0] of Float32 takes 0 bytes, the file holds 4")]
    [InlineData("(-1,)", "negative size")]
    [InlineData("(4294967296, 4294967296)", "overflows 64 bits")]
    [InlineData("(99999999999999999999,)", "a 64-bit integer expected")]
    [InlineData("(1 1)", "a comma or ')' is missing")]
    [InlineData("[1]", "'(' expected")]
    [InlineData("(1,)} {", "unexpected text after the header's dictionary")]
    public void Wrong_shapes_are_refused(string shape, string reason) =>
        AssertRefused(Compose(1, Header("<f4", shape), new byte[4]), reason);

    [Theory]
    [InlineData(0, "not an npy file")]
    [InlineData(7, "truncated in the header")]
    [InlineData(9, "truncated in the header")]
    [InlineData(30, "truncated: the header claims")]
    public void A_truncated_file_is_refused(int length, string reason) =>
        AssertRefused(Compose(1, Header("<f4", "(1,)"), new byte[4])[..length], reason);

    [Fact]
    public void An_unknown_version_is_refused() =>
        AssertRefused(Compose(4, Header("<f4", "(1,)"), new byte[4]), "version 4.0 is not supported");

    [Fact]
    public void Brain_floats_are_refused_with_the_cure()
    {
        using var folder = new TemporaryFolder();
        var array = new HostArray(DType.BFloat16, [1], new byte[2]);

        var error = Assert.Throws<ArrayFileException>(() => NpyFile.Write(folder.File("x.npy"), array));

        Assert.Contains("npy has no BFloat16; convert with ToFloat32", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    private static string Header(string descr, string shape) => $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}}}";

    private static HostArray Read(byte[] content)
    {
        using var folder = new TemporaryFolder();
        return NpyFile.Read(folder.File("x.npy", content));
    }

    private static void AssertRefused(byte[] content, string reason)
    {
        var error = Assert.Throws<ArrayFileException>(() => Read(content));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Compose(byte version, string header, byte[] data)
    {
        byte[] text = Encoding.Latin1.GetBytes(header + '\n');
        var length = new byte[version == 1 ? 2 : 4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }
}
