using Sagan.Tensors.Files;

namespace Sagan.Tensors.Tests.Files;

/// <summary>Damaged files end in arrays or in one kind of exception, whatever the damage.</summary>
public class ArrayFileFuzzTests
{
    private const int Mutations = 2_000;

    [Fact]
    public void Damaged_safetensors_files_never_surprise()
    {
        using var folder = new TemporaryFolder();
        SafetensorsEntry[] entries = [new("a", HostArray.Of<float>([1, 2], 2)), new("b", HostArray.Of<byte>([1, 2, 3], 3, 1))];
        SafetensorsWriter.Write(folder.File("x"), entries, new Dictionary<string, string> { ["k"] = "v" });

        Fuzz(folder, path =>
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return file.Names.Sum(name => file[name].ToFloat32().Length);
        });
    }

    [Fact]
    public void Damaged_npy_files_never_surprise()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder.File("x"), HostArray.Of<float>([1, 2, 3, 4, 5, 6], 2, 3));

        Fuzz(folder, path => NpyFile.Read(path).ToFloat32().Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Damaged_npz_files_never_surprise(bool compress)
    {
        using var folder = new TemporaryFolder();
        var arrays = new Dictionary<string, HostArray> { ["a"] = HostArray.Of<float>([1, 2], 2), ["b"] = HostArray.Of<byte>([1, 2, 3], 3, 1) };
        NpzFile.Write(folder.File("x"), arrays, compress);

        Fuzz(folder, path => NpzFile.Read(path).Values.Sum(array => array.ToFloat32().Length));
    }

    [Fact]
    public void Damaged_torch_files_never_surprise()
    {
        using var folder = new TemporaryFolder();
        TorchZip.Write(folder.File("x"), TorchPickle(), ("data/0", new byte[24]), ("byteorder", "little"u8.ToArray()));

        Fuzz(folder, path => TorchStateDict.Read(path).Values.Sum(array => array.ToFloat32().Length));
    }

    [Fact]
    public void Damaged_pickles_never_surprise()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(11);
        byte[] pickle = TorchPickle();

        for (int i = 0; i < Mutations; i++)
        {
            TorchZip.Write(folder.File("x"), Mutate(pickle, random), ("data/0", new byte[24]));
            Survive(folder.File("x"), path => TorchStateDict.Read(path).Count);
            File.Delete(folder.File("x"));
        }
    }

    /// <summary>Damages the file "x" over and over; most damage must be noticed, and some must get past the first checks.</summary>
    private static void Fuzz(TemporaryFolder folder, Func<string, int> read)
    {
        var random = new Random(5);
        byte[] whole = File.ReadAllBytes(folder.File("x"));
        Assert.True(read(folder.File("x")) > 0);

        int refused = 0;
        for (int i = 0; i < Mutations; i++)
            refused += Survive(folder.File("y", Mutate(whole, random)), read) ? 0 : 1;

        Assert.InRange(refused, Mutations / 10, Mutations);
    }

    private static bool Survive(string path, Func<string, int> read)
    {
        try
        {
            read(path);
            return true;
        }
        catch (ArrayFileException)
        {
            return false;
        }
    }

    /// <summary>One to four bytes changed, in one case of eight the end cut off.</summary>
    private static byte[] Mutate(byte[] whole, Random random)
    {
        byte[] mutant = [.. whole];
        for (int changes = random.Next(1, 5); changes > 0; changes--)
        {
            ref byte target = ref mutant[random.Next(mutant.Length)];
            target = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(target ^ (1 << random.Next(8))),
                _ => (byte)(random.Next(2) * 255),
            };
        }

        return random.Next(8) == 0 ? mutant[..random.Next(mutant.Length)] : mutant;
    }

    private static byte[] TorchPickle() => new PickleBuilder().OrderedDict().Mark()
        .Text("a").Tensor("FloatStorage", "0", 6, 0, [3, 2], [1, 3])
        .Text("b").Tensor("FloatStorage", "0", 6, 2, [2], [1]).Raw((byte)'q', 3).Raw((byte)'h', 3).Raw(0x86)
        .Op('u').Op('}').Text("_metadata").OrderedDict().Op('s').Op('b').Stop();
}
