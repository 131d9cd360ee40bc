using System.Text;
using Sagan.Metrics.Features;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Metrics.Features;

/// <summary>The fixtures' Inception network of random weights, built from their recipe and written once for all tests.</summary>
public sealed class RandomInception : IDisposable
{
    internal const string Digest = "d1f4dafa1d57f2747c9fe31622e15090efbef811917ddb70729a09f46879944b";

    private const ulong Seed = 0x5EED0F1DC0FFEE01;

    private readonly string _folder = Directory.CreateTempSubdirectory("sagan-inception-").FullName;
    private readonly Lazy<IReadOnlyDictionary<string, HostArray>> _tensors;
    private readonly Lazy<InceptionWeights> _weights;

    public RandomInception()
    {
        _tensors = new(Draw);
        _weights = new(() => InceptionWeights.Read(WriteSafetensors(Path.Combine(_folder, "random.safetensors"), Tensors)));
    }

    /// <summary>All 472, in the order of the network's parts.</summary>
    internal IReadOnlyDictionary<string, HostArray> Tensors => _tensors.Value;

    internal InceptionWeights Weights => _weights.Value;

    /// <summary>A path for a file that goes with the fixture.</summary>
    internal string At(string name) => Path.Combine(_folder, name);

    internal static string Find(string file) => SharedFactAttribute.Find($"fixtures/metrics/{file}")
        ?? throw new FileNotFoundException($"shared/fixtures/metrics/{file} is not there.");

    internal static string WriteSafetensors(string path, IEnumerable<KeyValuePair<string, HostArray>> tensors)
    {
        SafetensorsWriter.Write(path, tensors.Select(entry => new SafetensorsEntry(entry.Key, entry.Value)));
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static OrderedDictionary<string, HostArray> Draw()
    {
        float[] means = NpyFile.Read(Find("bn_running_mean.npy")).ToFloat32(), variances = NpyFile.Read(Find("bn_running_var.npy")).ToFloat32();
        var tensors = new OrderedDictionary<string, HostArray>();
        int meansUsed = 0, variancesUsed = 0;
        foreach ((string key, long[] shape) in InceptionPlan.Entries)
        {
            int count = (int)shape.Aggregate(1L, (product, size) => product * size);
            float[] values = key switch
            {
                _ when key.EndsWith("running_mean", StringComparison.Ordinal) => Next(means, ref meansUsed, count),
                _ when key.EndsWith("running_var", StringComparison.Ordinal) => Next(variances, ref variancesUsed, count),
                _ when key.EndsWith("conv.weight", StringComparison.Ordinal) => Uniform(key, count, 0, Math.Sqrt(6.0 / (shape[1] * shape[2] * shape[3]))),
                _ when key.EndsWith("bn.weight", StringComparison.Ordinal) => Uniform(key, count, 1, 0.4),
                _ when key.EndsWith("bn.bias", StringComparison.Ordinal) => Uniform(key, count, 0, 0.3),
                "fc.weight" => Uniform(key, count, 0, 0.06),
                _ => Uniform(key, count, 0, 0.5),
            };
            tensors.Add(key, HostArray.Of<float>(values, shape));
        }

        return tensors;
    }

    private static float[] Next(float[] values, ref int used, int count)
    {
        float[] part = values[used..(used + count)];
        used += count;
        return part;
    }

    // SplitMix64 from the FNV-1a hash of the key, as the fixtures' README gives it.
    private static float[] Uniform(string key, int count, double centre, double reach)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte letter in Encoding.UTF8.GetBytes(key))
            hash = (hash ^ letter) * 0x100000001B3;

        ulong state = hash ^ Seed;
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            ulong bits = state += 0x9E3779B97F4A7C15;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            bits ^= bits >> 31;
            double unit = ((2L * (long)(bits >> 40)) + 1 - (1L << 24)) / (double)(1L << 24);
            double product = reach * unit;
            values[i] = (float)(centre + product);
        }

        return values;
    }
}

/// <summary>Tests that share the random network: it takes 96 MB to build.</summary>
[CollectionDefinition(Name)]
public sealed class RandomInceptionTests : ICollectionFixture<RandomInception>
{
    internal const string Name = "random Inception";
}
