using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

public class TorchStateDictTests
{
    [Fact]
    public void Nested_names_are_joined_with_dots()
    {
        using var folder = new TemporaryFolder();
        PickleBuilder pickle = new PickleBuilder().Op('}').Mark()
            .Text("epoch").Long(3)
            .Text("net").OrderedDict().Text("conv.weight").Tensor("ByteStorage", "0", 4, 0, [2], [1]).Op('s')
            .Text("state").Op('}').Long(5).Op(']').Tensor("ByteStorage", "0", 4, 2, [2], [1]).Op('a').Op('s')
            .Op('u');
        TorchZip.Write(folder.File("x.pth"), pickle.Stop(), ("data/0", [1, 2, 3, 4]));

        IReadOnlyDictionary<string, HostArray> tensors = TorchStateDict.Read(folder.File("x.pth"));

        Assert.Equal(["net.conv.weight", "state.5.0"], tensors.Keys);
        Assert.Equal([1, 2], tensors["net.conv.weight"].As<byte>().ToArray());
        Assert.Equal([3, 4], tensors["state.5.0"].As<byte>().ToArray());
    }

    [Fact]
    public void Names_that_collide_once_joined_are_refused()
    {
        using var folder = new TemporaryFolder();
        PickleBuilder pickle = new PickleBuilder().Op('}').Mark()
            .Text("a.b").Tensor("ByteStorage", "0", 4, 0, [2], [1])
            .Text("a").Op('}').Text("b").Tensor("ByteStorage", "0", 4, 0, [2], [1]).Op('s')
            .Op('u');
        TorchZip.Write(folder.File("x.pth"), pickle.Stop(), ("data/0", [1, 2, 3, 4]));

        var error = Assert.Throws<ArrayFileException>(() => TorchStateDict.Read(folder.File("x.pth")));

        Assert.Contains("two tensors are called 'a.b'", error.Message, StringComparison.Ordinal);
    }

    [SharedFact]
    public void Every_state_dict_of_the_fixtures_is_read()
    {
        string[] paths = Directory.GetFiles(Fixture(""), "weights*.pth", SearchOption.AllDirectories);

        foreach (string path in paths)
        {
            IReadOnlyDictionary<string, HostArray> tensors = TorchStateDict.Read(path);

            Assert.NotEmpty(tensors);
            Assert.All(tensors, tensor => Assert.All(tensor.Value.ToFloat32(), value => Assert.True(float.IsFinite(value), $"{path}: {tensor.Key}")));
            Assert.All(tensors.Values, tensor => Assert.True(tensor.DType is DType.Float32 or DType.Int64));
        }

        Assert.True(paths.Length >= 56, $"{paths.Length} files are fewer than expected.");
    }

    [SharedFact]
    public void A_buffer_that_numpy_saved_too_is_the_same()
    {
        HostArray torch = TorchStateDict.Read(Fixture("projection_bigganpt/weights.pth"))["embed.u0"];
        HostArray numpy = NpzFile.Read(Fixture("projection_bigganpt/io.npz"))["eval_buffer_after__embed.u0"];

        SampleArrays.AssertSame(numpy, torch);
    }

    [SharedFact]
    public void Weights_reproduce_the_output_of_their_layer()
    {
        Dictionary<string, double[]> w = Doubles(TorchStateDict.Read(Fixture("sn_linear_bigganpt/weights.pth")));
        Dictionary<string, double[]> io = Doubles(NpzFile.Read(Fixture("sn_linear_bigganpt/io.npz")));
        const int Rows = 5, Columns = 9, Batch = 4;

        // One power iteration as case.json notes it: v = normalize(u W), u = normalize(v W^T), sigma = v W^T u^T.
        double[] v = Normalize([.. Enumerable.Range(0, Columns).Select(j => Enumerable.Range(0, Rows).Sum(i => w["u0"][i] * w["weight"][i * Columns + j]))]);
        double[] wv = [.. Enumerable.Range(0, Rows).Select(i => Enumerable.Range(0, Columns).Sum(j => v[j] * w["weight"][i * Columns + j]))];
        double sigma = Normalize(wv).Zip(wv, (a, b) => a * b).Sum();
        double[] output = [.. from n in Enumerable.Range(0, Batch) from i in Enumerable.Range(0, Rows)
            select w["bias"][i] + Enumerable.Range(0, Columns).Sum(j => io["x"][n * Columns + j] * w["weight"][i * Columns + j]) / sigma];

        double scale = output.Max(Math.Abs);
        Assert.All(output.Zip(io["eval_out_initial"]), pair => Assert.Equal(pair.Second, pair.First, 1e-6 * scale));
        Assert.Equal(Batch * Rows, io["eval_out_initial"].Length);
    }

    private static string Fixture(string path) => Path.Combine(SharedFactAttribute.Folder!, "fixtures", path);

    private static Dictionary<string, double[]> Doubles(IReadOnlyDictionary<string, HostArray> arrays) =>
        arrays.ToDictionary(item => item.Key, item => item.Value.ToFloat32().Select(value => (double)value).ToArray());

    private static double[] Normalize(double[] vector)
    {
        double length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
