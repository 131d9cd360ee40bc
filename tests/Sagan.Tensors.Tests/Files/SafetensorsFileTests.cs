using System.Buffers.Binary;
using System.Text;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class SafetensorsFileTests
{
    private const string Two = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[4],"data_offsets":[8,12]}}""";

    [Fact]
    public void A_file_typed_by_hand_reads_as_the_format_says()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.safetensors", Compose("""{"__metadata__":{"format":"pt"},"late":{"dtype":"I16","shape":[],"data_offsets":[8,10]},"early":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}   """,
            [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0, 0xfe, 0xff]));

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(["early", "late"], file.Names);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal([1f, -2.5f], file["early"].As<float>().ToArray());
        Assert.Equal([1, 2], file["early"].Shape.ToArray());
        Assert.Equal([-2], file["late"].As<short>().ToArray());
        Assert.Equal(0, file["late"].Shape.Length);
        Assert.True(file.Contains("late"));
        Assert.False(file.Contains("__metadata__"));
    }

    [Fact]
    public void A_file_without_tensors_is_valid()
    {
        using var folder = new TemporaryFolder();

        using SafetensorsFile file = SafetensorsFile.Open(folder.File("x.safetensors", Compose("{}", [])));

        Assert.Empty(file.Names);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        using var folder = new TemporaryFolder();
        using SafetensorsFile file = SafetensorsFile.Open(folder.File("x.safetensors", Compose(Two, new byte[12])));

        var error = Assert.Throws<ArrayFileException>(() => file["c"]);

        Assert.Equal($"{folder.File("x.safetensors")}: tensor 'c': not in the file", error.Message);
    }

    [Fact]
    public void Arrays_die_with_their_file()
    {
        using var folder = new TemporaryFolder();
        SafetensorsFile file = SafetensorsFile.Open(folder.File("x.safetensors", Compose(Two, new byte[12])));
        HostArray array = file["a"];

        file.Dispose();
        file.Dispose();

        Assert.Throws<ObjectDisposedException>(() => array.Bytes.Length);
        Assert.Throws<ObjectDisposedException>(() => file["b"].Bytes.Length);
    }

    [Fact]
    public void Data_beyond_two_gibibytes_is_reached()
    {
        const long Large = 2_147_483_000;
        using var folder = new TemporaryFolder();
        string header = """{"a":{"dtype":"U8","shape":[L],"data_offsets":[0,L]},"b":{"dtype":"U8","shape":[L],"data_offsets":[L,M]},"c":{"dtype":"F32","shape":[1],"data_offsets":[M,N]}}"""
            .Replace("L", $"{Large}", StringComparison.Ordinal).Replace("M", $"{2 * Large}", StringComparison.Ordinal).Replace("N", $"{2 * Large + 4}", StringComparison.Ordinal);
        string path = folder.File("large.safetensors", Compose(header, []));
        using (FileStream sparse = File.OpenWrite(path))
        {
            sparse.Position = sparse.Length + 2 * Large;
            sparse.Write([0, 0, 0x80, 0x3f]);
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);

        Assert.Equal(1f, file["c"].As<float>()[0]);
        Assert.Equal(0, file["b"].Bytes[^1]);
    }

    [Theory]
    [InlineData(0, "truncated: the file is empty")]
    [InlineData(5, "truncated: 5 bytes do not hold the 8-byte header length")]
    [InlineData(40, "truncated: claims")]
    [InlineData(-1, "reach past the 11 bytes of data; the file is truncated")]
    public void A_truncated_file_is_refused(int length, string reason)
    {
        byte[] whole = Compose(Two, new byte[12]);

        AssertRefused(length < 0 ? whole[..^1] : whole[..length], reason);
    }

    [Theory]
    [InlineData(1000UL, "claims 1000 bytes, the file has")]
    [InlineData(100_000_001UL, "more than the limit of 100000000")]
    [InlineData(ulong.MaxValue, "more than the limit of 100000000")]
    public void A_header_length_that_cannot_be_is_refused(ulong length, string reason)
    {
        byte[] whole = Compose(Two, new byte[12]);
        BinaryPrimitives.WriteUInt64LittleEndian(whole, length);

        AssertRefused(whole, reason);
    }

    [Theory]
    [InlineData("[0,8]", "[4,8]", 8, "overlaps tensor 'a'")]
    [InlineData("[0,8]", "[9,13]", 13, "hole of 1 bytes before it")]
    [InlineData("[1,9]", "[9,13]", 13, "hole of 1 bytes before it")]
    [InlineData("[0,8]", "[8,12]", 13, "1 bytes after the last tensor belong to none")]
    [InlineData("[0,8]", "[8,13]", 13, "size mismatch: shape [4] of UInt8 takes 4 bytes, data_offsets span 5")]
    [InlineData("[0,8]", "[12,8]", 12, "data_offsets [12, 8] run backwards")]
    [InlineData("[0,8]", "[-4,0]", 8, "negative data_offsets [-4, 0]")]
    [InlineData("[0,8]", "[8]", 12, "data_offsets must be two integers, found 1")]
    [InlineData("[0,8]", "[8,12.5]", 12, "data_offsets must hold 64-bit integers, found 12.5")]
    [InlineData("[0,8]", "[8,18446744073709551616]", 12, "data_offsets must hold 64-bit integers")]
    [InlineData("[0,8]", "[9223372036854775803,9223372036854775807]", 12, "reach past")]
    [InlineData("[0,8]", "\"8\"", 12, "data_offsets must be an array of integers, found string")]
    public void Wrong_ranges_are_refused(string a, string b, int dataLength, string reason)
    {
        string header = Two.Replace("[0,8]", a, StringComparison.Ordinal).Replace("[8,12]", b, StringComparison.Ordinal);

        AssertRefused(Compose(header, new byte[dataLength]), reason);
    }

    [Theory]
    [InlineData("\"shape\":[4]", "\"shape\":[-4]", "shape [-4] has a negative size")]
    [InlineData("\"shape\":[4]", "\"shape\":[4294967296,4294967296]", "overflows 64 bits")]
    [InlineData("\"shape\":[4]", "\"shape\":[4294967296,4294967296,0]", "overflows 64 bits")]
    [InlineData("\"shape\":[2]", "\"shape\":[4611686018427387904]", "overflows 64 bits")]
    [InlineData("\"shape\":[4]", "\"shape\":[3]", "size mismatch")]
    [InlineData("\"shape\":[4]", "\"shape\":[true]", "shape must hold 64-bit integers, found true")]
    [InlineData("\"shape\":[4],", "", "shape is missing")]
    [InlineData("\"U8\"", "\"F8_E4M3\"", "unknown dtype 'F8_E4M3'")]
    [InlineData("\"U8\"", "\"u8\"", "unknown dtype 'u8'")]
    [InlineData("\"U8\"", "8", "dtype must be a string, found number")]
    [InlineData("\"b\":", "\"a\":", "duplicate key 'a'")]
    [InlineData("\"shape\":[4]", "\"shape\":[4],\"dtype\":\"U8\"", "duplicate key 'dtype'")]
    [InlineData("\"b\":{", "\"__metadata__\":{\"x\":\"1\",\"x\":\"2\"},\"b\":{", "duplicate key 'x'")]
    [InlineData("\"b\":{", "\"__metadata__\":{\"x\":1},\"b\":{", "value of 'x' must be a string, found number")]
    [InlineData("\"b\":{", "\"__metadata__\":[],\"b\":{", "expected an object of strings, found array")]
    [InlineData("{\"a\"", "[\"a\"", "does not begin with '{'")]
    [InlineData("{\"a\"", " {\"a\"", "does not begin with '{'")]
    [InlineData("}}", "}", "not JSON")]
    [InlineData("}}", "}}x", "not JSON")]
    [InlineData("\"b\":", "\"\\ud800\":", "not JSON")]
    [InlineData("\"b\":{", "\"c\":7,\"b\":{", "tensor 'c': expected an object, found number")]
    public void Wrong_headers_are_refused(string replaced, string by, string reason)
    {
        string header = Two.Replace(replaced, by, StringComparison.Ordinal);

        AssertRefused(Compose(header, new byte[12]), reason);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] whole = Compose(Two, new byte[12]);
        whole[10] = 0xff;

        AssertRefused(whole, "not UTF-8");
    }

    [Fact]
    public void A_hostile_name_cannot_break_the_line_of_a_message()
    {
        string header = Two.Replace("\"b\"", "\"b\\nall is well" + new string('x', 5000) + "\"", StringComparison.Ordinal).Replace("U8", "U9", StringComparison.Ordinal);

        ArrayFileException error = AssertRefused(Compose(header, new byte[12]), "unknown dtype 'U9'");

        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length < 1500);
    }

    private static ArrayFileException AssertRefused(byte[] content, string reason)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("bad.safetensors", content);

        var error = Assert.Throws<ArrayFileException>(() => SafetensorsFile.Open(path));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
        return error;
    }

    private static byte[] Compose(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }
}
