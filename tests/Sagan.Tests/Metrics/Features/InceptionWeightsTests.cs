using System.Text.Json;
using Sagan.Metrics.Features;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Tests.Files;
using Sagan.Tests.Data;

namespace Sagan.Tests.Metrics.Features;

[Collection(RandomInceptionTests.Name)]
public class InceptionWeightsTests(RandomInception random)
{
    [SharedFact("fixtures/metrics/layers.json")]
    public void Names_and_shapes_are_those_of_the_published_file()
    {
        using JsonDocument layers = JsonDocument.Parse(File.ReadAllText(RandomInception.Find("layers.json")));

        Assert.Equal(
            layers.RootElement.EnumerateArray().Select(layer => $"{layer[0]} [{string.Join(", ", layer[1].EnumerateArray())}]"),
            InceptionPlan.Entries.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Shape)}]"));
    }

    [SharedFact("fixtures/metrics")]
    public void The_digest_tells_weights_whatever_the_file()
    {
        string zip = random.At("random.pth"), legacy = random.At("legacy.pth");
        TorchWriter.Write(zip, random.Tensors.Reverse().ToDictionary(entry => (object)entry.Key, entry => (object?)entry.Value));
        WriteLegacy(legacy);

        Assert.Equal(RandomInception.Digest, random.Weights.Digest);
        Assert.Equal(RandomInception.Digest, InceptionWeights.Read(zip).Digest);
        Assert.Equal(RandomInception.Digest, InceptionWeights.Read(legacy).Digest);
    }

    [SharedFact("fixtures/metrics")]
    public void Weights_other_than_the_published_ones_say_so_in_their_name()
    {
        Assert.False(random.Weights.IsPublished);
        Assert.Equal("inception-other-d1f4dafa", random.Weights.Name);
    }

    [Fact]
    public void A_file_of_another_network_is_refused_by_the_names_that_differ()
    {
        using var folder = new TemporaryFolder();
        string path = RandomInception.WriteSafetensors(folder.At("other.safetensors"), new Dictionary<string, HostArray>
        {
            ["Conv2d_1a_3x3.conv.weight"] = HostArray.Of<float>(new float[32 * 3 * 9], 32, 3, 3, 3),
            ["Conv2d_1a_3x3.bn.weight"] = HostArray.Of<float>(new float[3], 3),
            ["Conv2d_1a_3x3.bn.bias"] = HostArray.Of<double>(new double[32], 32),
            ["Conv2d_1a_3x3.bn.num_batches_tracked"] = HostArray.Of<long>([7L]),
            ["AuxLogits.fc.bias"] = HostArray.Of<float>(new float[1000], 1000),
        });

        var error = Assert.Throws<ArrayFileException>(() => InceptionWeights.Read(path));

        Assert.Contains("Conv2d_1a_3x3.bn.weight is [3] and should be [32]", error.Message);
        Assert.Contains("Conv2d_1a_3x3.bn.bias holds Float64 and should hold Float32", error.Message);
        Assert.Contains("Conv2d_1a_3x3.bn.running_mean is missing", error.Message);
        // Of 472, three are there, two of them wrong, and one is too many.
        Assert.EndsWith($"and {472 - 3 + 2 + 1 - 4} more", error.Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_answered_with_the_flag()
    {
        var error = Assert.Throws<ArrayFileException>(() => InceptionWeights.Read("nowhere.pth"));

        Assert.Contains("nowhere.pth", error.Message);
        Assert.Contains("--inception FILE", error.Message);
    }

    /// <summary>As torch saved it in 2020: a pickle, then the storages; with the counters that the published file has, too.</summary>
    private void WriteLegacy(string path)
    {
        var pickle = new PickleBuilder().Op('}');
        var storages = new List<(string, long, byte[])>();
        foreach ((string key, HostArray array) in random.Tensors)
        {
            Add(key, "FloatStorage", array.Count, array.Shape.ToArray(), array.Bytes.ToArray());
            if (key.EndsWith("running_var", StringComparison.Ordinal))
                Add(key.Replace("running_var", "num_batches_tracked", StringComparison.Ordinal), "LongStorage", 1, [], BitConverter.GetBytes(0L));
        }

        File.WriteAllBytes(path, TorchLegacy.Compose(pickle.Stop(), [.. storages]));

        void Add(string key, string type, long count, long[] shape, byte[] bytes)
        {
            long[] strides = [.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (product, size) => product * size))];
            string storage = $"{storages.Count}";
            pickle.Text(key).Tensor(type, storage, count, 0, shape, strides).Op('s');
            storages.Add((storage, count, bytes));
        }
    }
}
