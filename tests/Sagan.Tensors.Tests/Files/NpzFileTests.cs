using System.IO.Compression;
using System.Text.Json;
using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class NpzFileTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_type_and_shape_comes_back_bit_for_bit(bool compress)
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, HostArray> arrays = SampleArrays.All().Where(item => item.Value.DType != DType.BFloat16).ToDictionary();

        NpzFile.Write(folder.File("x.npz"), arrays, compress);

        IReadOnlyDictionary<string, HostArray> read = NpzFile.Read(folder.File("x.npz"));
        Assert.Equal(arrays.Keys, read.Keys);
        foreach ((string name, HostArray array) in arrays)
            SampleArrays.AssertSame(array, read[name]);
    }

    [Fact]
    public void Compression_is_a_choice()
    {
        using var folder = new TemporaryFolder();
        var arrays = new Dictionary<string, HostArray> { ["zeros"] = HostArray.Of<float>(new float[10_000], 10_000) };

        NpzFile.Write(folder.File("small.npz"), arrays, compress: true);
        NpzFile.Write(folder.File("large.npz"), arrays, compress: false);

        Assert.True(new FileInfo(folder.File("small.npz")).Length < 1_000);
        Assert.True(new FileInfo(folder.File("large.npz")).Length > 40_000);
    }

    [Fact]
    public void Equal_arrays_give_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        var arrays = new Dictionary<string, HostArray> { ["x"] = HostArray.Of<float>([1, 2], 2) };

        NpzFile.Write(folder.File("a.npz"), arrays);
        NpzFile.Write(folder.File("b.npz"), arrays);

        Assert.Equal(File.ReadAllBytes(folder.File("a.npz")), File.ReadAllBytes(folder.File("b.npz")));
    }

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        using var folder = new TemporaryFolder();
        NpzFile.Write(folder.File("x.npz"), new Dictionary<string, HostArray> { ["x"] = HostArray.Of<byte>(new byte[1000], 1000) }, compress: false);
        byte[] content = File.ReadAllBytes(folder.File("x.npz"));
        content[600] ^= 1;

        var error = Assert.Throws<ArrayFileException>(() => NpzFile.Read(folder.File("y.npz", content)));

        Assert.Contains("entry 'x.npy': damaged: the checksum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_is_no_array_is_named()
    {
        using var folder = new TemporaryFolder();
        using (ZipArchive zip = ZipFile.Open(folder.File("x.npz"), ZipArchiveMode.Create))
            zip.CreateEntry("readme.txt");

        var error = Assert.Throws<ArrayFileException>(() => NpzFile.Read(folder.File("x.npz")));

        Assert.Contains("entry 'readme.txt': not an array", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_write_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        HostArray array = HostArray.Of([1f]);

        var error = Assert.Throws<ArrayFileException>(() => NpzFile.Write(folder.File("x.npz"), [new("x", array), new("x", array)]));

        Assert.Contains("array 'x': given twice", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [SharedFact]
    public void Files_of_numpy_hold_what_their_description_says()
    {
        string[] cases = Directory.GetFiles(Path.Combine(SharedFactAttribute.Folder!, "fixtures"), "io.npz", SearchOption.AllDirectories);
        int arrays = 0;

        foreach (string path in cases)
        {
            using JsonDocument description = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "case.json")));
            Dictionary<string, JsonElement> described = description.RootElement.GetProperty("arrays").EnumerateObject().ToDictionary(item => item.Name, item => item.Value);
            IReadOnlyDictionary<string, HostArray> read = NpzFile.Read(path);

            Assert.Equal(described.Keys.Order(), read.Keys.Order());
            foreach ((string name, HostArray array) in read)
                AssertDescribed(described[name], array);
            arrays += read.Count;
        }

        Assert.True(cases.Length >= 41 && arrays > 1000, $"{cases.Length} cases with {arrays} arrays are fewer than expected.");
    }

    private static void AssertDescribed(JsonElement description, HostArray array)
    {
        Assert.Equal(description.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), array.Shape.ToArray());
        Assert.Equal(description.GetProperty("dtype").GetString(), array.DType.ToString().ToLowerInvariant());

        if (description.TryGetProperty("max_abs", out JsonElement maximum))
            Assert.Equal(maximum.GetDouble(), array.ToFloat32().Max(Math.Abs), maximum.GetDouble() * 1e-6);
    }
}
