using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Files that torch itself wrote, in both formats: make-torch-samples.py says what they hold.</summary>
public class TorchSampleTests
{
    public static TheoryData<string> Formats => [".pth", ".legacy.pth"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_element_type_has_its_values(string format)
    {
        IReadOnlyDictionary<string, HostArray> tensors = TorchStateDict.Read(Sample("types", format));

        Assert.Equal(12, tensors.Count);
        foreach (DType type in SampleArrays.AllTypes.Except([DType.Bool]))
        {
            HostArray row = tensors[$"{type}".ToLowerInvariant()];
            Assert.Equal(type, row.DType);
            Assert.Equal([1, 2, 100], row.ToFloat32());
        }

        Assert.Equal([true, false, true], tensors["bool"].As<bool>().ToArray());
        SampleArrays.AssertSame(HostArray.Of([-1.5f]), tensors["scalar"]);
        SampleArrays.AssertSame(HostArray.Of<float>([], 2, 0, 3), tensors["empty"]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Views_of_one_storage_show_their_parts_of_it(string format)
    {
        IReadOnlyDictionary<string, HostArray> tensors = TorchStateDict.Read(Sample("views", format));

        Check("whole", [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        Check("transposed", [4, 3], [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
        Check("row", [4], [4, 5, 6, 7]);
        Check("column", [3], [2, 6, 10]);
        Check("corner", [2, 2], [6, 7, 10, 11]);
        Check("expanded", [2, 2], [0, 1, 0, 1]);
        Check("other", [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
        Assert.True(tensors["whole"].Bytes[16..32].Overlaps(tensors["row"].Bytes), "A contiguous view shares its memory.");
        Assert.False(tensors["whole"].Bytes.Overlaps(tensors["other"].Bytes));

        void Check(string name, long[] shape, float[] values)
        {
            Assert.Equal(shape, tensors[name].Shape.ToArray());
            Assert.Equal(values, tensors[name].As<float>().ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_state_of_a_module_is_its_tensors_in_their_order(string format)
    {
        IReadOnlyDictionary<string, HostArray> tensors = TorchStateDict.Read(Sample("state", format));

        Assert.Equal(["conv.weight", "conv.bias", "bn.weight", "bn.bias", "bn.running_mean", "bn.running_var", "bn.num_batches_tracked"], tensors.Keys);
        SampleArrays.AssertSame(HostArray.Of<float>([1, 2], 2, 1, 1, 1), tensors["conv.weight"]);
        SampleArrays.AssertSame(HostArray.Of<float>([3, 4], 2), tensors["conv.bias"]);
        SampleArrays.AssertSame(HostArray.Of<float>([1, 1], 2), tensors["bn.running_var"]);
        SampleArrays.AssertSame(HostArray.Of([0L]), tensors["bn.num_batches_tracked"]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_checkpoint_is_a_tree_of_plain_values(string format)
    {
        var root = (IReadOnlyDictionary<object, object?>)TorchArchive.Open(Sample("checkpoint", format)).Root!;

        Assert.Equal(5000L, root["global_step"]);
        Assert.Equal(1L << 40, root["many"]);
        Assert.Equal(7.25, root["best"]);
        Assert.Equal(-3L, root["best_step"]);
        Assert.Equal("é", root["name"]);
        Assert.Null(root["nothing"]);
        Assert.Equal([true, false], (IReadOnlyList<object?>)root["flags"]!);
        Assert.Equal([1L, -2L], (IReadOnlyList<object?>)root["pair"]!);
        Assert.Equal([4L, 5L], (IReadOnlyList<object?>)root["size"]!);
        var adam = (IReadOnlyDictionary<object, object?>)root["optimizer_state_dict"]!;
        var group = (IReadOnlyDictionary<object, object?>)((IReadOnlyList<object?>)adam["param_groups"]!)[0]!;
        Assert.Equal(2e-4, group["lr"]);
        Assert.Equal([0.0, 0.9], (IReadOnlyList<object?>)group["betas"]!);
        Assert.Equal([0L, 1L], (IReadOnlyList<object?>)group["params"]!);
        Assert.Null(group["foreach"]);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Tensors_of_a_checkpoint_are_found_by_path(string format)
    {
        IReadOnlyDictionary<string, HostArray> tensors = TorchStateDict.Read(Sample("checkpoint", format));

        // 1, 2 and 3 after one step of Adam with a rate of 2e-4 and gradients of one.
        HostArray weight = tensors["model_state_dict.weight"];
        Assert.Equal([1, 2], weight.Shape.ToArray());
        Assert.Equal(0.9998f, weight.As<float>()[0], 1e-6f);
        Assert.Equal(1.9998f, weight.As<float>()[1], 1e-6f);
        Assert.Equal([2.9998f], tensors["model_state_dict.bias"].As<float>().ToArray());
        Assert.Equal([6, 7], tensors["latent"].As<float>().ToArray());
        Assert.Equal([1], tensors["optimizer_state_dict.state.0.step"].As<float>().ToArray());
        // beta2 is 0.9.
        Assert.All(tensors["optimizer_state_dict.state.0.exp_avg_sq"].As<float>().ToArray(), value => Assert.Equal(0.1f, value, 1e-6f));
        Assert.Equal(9, tensors.Count);
    }

    private static string Sample(string name, string format) => TorchSample.Path(name + format);
}
