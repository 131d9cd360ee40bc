using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Damaged files end in arrays or in one kind of exception, soon and in little memory, whatever the damage.</summary>
public class ArrayFileFuzzTests
{
    private const int Mutations = 600;
    private const int ManyMutations = 10_000;

    private static readonly SampleFile[] s_samples =
    [
        new("safetensors", WriteSafetensors, ReadSafetensors),
        new("npy", path => NpyFile.Write(path, HostArray.Of<float>([1, 2, 3, 4, 5, 6], 2, 3)), path => NpyFile.Read(path).ToFloat32().Length),
        new("npz", path => WriteNpz(path, compress: false), ReadNpz),
        new("npz, compressed", path => WriteNpz(path, compress: true), ReadNpz),
        new("torch, types", path => File.Copy(TorchSample.Path("types.pth"), path), ReadTorch),
        new("torch, views", path => File.Copy(TorchSample.Path("views.pth"), path), ReadTorch),
        new("torch, checkpoint", path => File.Copy(TorchSample.Path("checkpoint.pth"), path), ReadTorch),
        new("torch legacy, types", path => File.Copy(TorchSample.Path("types.legacy.pth"), path), ReadTorch),
        new("torch legacy, views", path => File.Copy(TorchSample.Path("views.legacy.pth"), path), ReadTorch),
        new("torch legacy, checkpoint", path => File.Copy(TorchSample.Path("checkpoint.legacy.pth"), path), ReadTorch),
        new("torch, written here", path => TorchWriter.Write(path, new Dictionary<string, object?> { ["a"] = HostArray.Of<float>([1, 2], 2), ["b"] = 3L }), ReadTorch),
    ];

    public static TheoryData<string> Samples => [.. s_samples.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Damaged_files_never_surprise(string name) => Fuzz(name, Mutations, seed: 5);

    [LongFact]
    public void Thousands_of_damaged_files_never_surprise()
    {
        foreach (SampleFile sample in s_samples)
            Fuzz(sample.Name, ManyMutations, seed: 6);
    }

    /// <summary>In a whole zip, damage to the pickle would mostly be hidden behind damage to the archive.</summary>
    [Fact]
    public void Damaged_pickles_never_surprise()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        byte[] pickle = TorchPickle();

        for (int i = 0; i < 2_000; i++)
        {
            TorchZip.Write(folder.File("x"), FileMutation.Of(pickle, random), ("data/0", new byte[24]));
            Survive(folder.File("x"), ReadTorch);
            File.Delete(folder.File("x"));
        }
    }

    /// <summary>Damages a sample over and over; some damage must be noticed, and some must get past the first checks.</summary>
    private static void Fuzz(string name, int mutations, int seed)
    {
        using var folder = new TemporaryFolder();
        SampleFile sample = s_samples.Single(sample => sample.Name == name);
        sample.Write(folder.File("x"));
        byte[] whole = File.ReadAllBytes(folder.File("x"));
        Assert.True(sample.Read(folder.File("x")) > 0);

        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < mutations; i++)
            refused += Survive(folder.File("y", FileMutation.Of(whole, random)), sample.Read) ? 0 : 1;

        Assert.InRange(refused, mutations / 10, mutations);
    }

    private static bool Survive(string path, Func<string, int> read)
    {
        ArrayFileException? refusal = null;
        long allocated = Allocation.Of(() => refusal = Refusal(path, read));

        Allocation.AssertBounded(allocated, new FileInfo(path).Length);
        if (refusal is null)
            return true;

        Assert.StartsWith($"{path}: ", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Place);
        Assert.NotEmpty(refusal.Problem);
        return false;
    }

    private static ArrayFileException? Refusal(string path, Func<string, int> read)
    {
        try
        {
            read(path);
            return null;
        }
        catch (ArrayFileException refusal)
        {
            return refusal;
        }
    }

    private static void WriteSafetensors(string path) => SafetensorsWriter.Write(
        path,
        [new("a", HostArray.Of<float>([1, 2], 2)), new("b", HostArray.Of<byte>([1, 2, 3], 3, 1))],
        new Dictionary<string, string> { ["k"] = "v" });

    private static int ReadSafetensors(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return file.Names.Sum(name => file[name].ToFloat32().Length);
    }

    private static void WriteNpz(string path, bool compress) => NpzFile.Write(
        path,
        new Dictionary<string, HostArray> { ["a"] = HostArray.Of<float>([1, 2], 2), ["b"] = HostArray.Of<byte>([1, 2, 3], 3, 1) },
        compress);

    private static int ReadNpz(string path) => NpzFile.Read(path).Values.Sum(array => array.ToFloat32().Length);

    private static int ReadTorch(string path) => TorchStateDict.Read(path).Values.Sum(array => array.ToFloat32().Length);

    private static byte[] TorchPickle() => new PickleBuilder().OrderedDict().Mark()
        .Text("a").Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3])
        .Text("b").Tensor("FloatStorage", "0", 6, 2, [2], [1]).Raw((byte)'q', 3).Raw((byte)'h', 3).Raw(0x86)
        .Op('u').Op('}').Text("_metadata").OrderedDict().Op('s').Op('b').Stop();

    /// <summary>A file of one format: how it is made, and how its numbers are counted.</summary>
    private sealed record SampleFile(string Name, Action<string> Write, Func<string, int> Read);
}
