using System.Security.Cryptography;
using System.Text;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Metrics.Features;

/// <summary>The 472 tensors of the FID Inception network, read from a file, with a digest that says which ones they are.</summary>
public sealed class InceptionWeights
{
    /// <summary>What pytorch-fid and torch-fidelity call the weights of the literature.</summary>
    public const string PublishedName = "inception-2015-12-05";

    /// <summary>SHA-256 of <c>pt_inception-2015-12-05-6726825d.pth</c>; its first eight digits are in the name.</summary>
    public const string PublishedSha256 = "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2";

    /// <summary>Bytes of that file.</summary>
    public const long PublishedLength = 95_628_359;

    // Counters of training that some files keep for every batch norm; nothing is computed with them.
    private const string Counters = ".bn.num_batches_tracked";

    private readonly Dictionary<string, HostArray> _tensors;

    private InceptionWeights(string path, Dictionary<string, HostArray> tensors, bool isPublished)
    {
        Path = path;
        _tensors = tensors;
        IsPublished = isPublished;
        Digest = Convert.ToHexStringLower(Sha256(tensors));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True where the file is, byte by byte, the one that the literature's scores are computed with.</summary>
    public bool IsPublished { get; }

    /// <summary>SHA-256 of names and numbers in a fixed order, whatever the file's format: equal weights have equal digests.</summary>
    public string Digest { get; }

    /// <summary><see cref="PublishedName"/>, or where the file is another one, a name with the digest's first eight digits.</summary>
    public string Name => IsPublished ? PublishedName : $"inception-other-{Digest[..8]}";

    /// <summary>Reads weights: a torch.save file of either format (nothing in it is run) or safetensors.</summary>
    /// <exception cref="ArrayFileException">Damaged, or not these weights: the message names what is missing, left over or of another shape.</exception>
    public static InceptionWeights Read(string path)
    {
        if (!File.Exists(path))
            throw new ArrayFileException(path, "file", "there are no Inception weights; " + InceptionSource.Cure);

        string sha256;
        using (FileStream file = File.OpenRead(path))
            sha256 = Convert.ToHexStringLower(SHA256.HashData(file));
        bool isSafetensors = path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);
        Dictionary<string, HostArray> tensors = isSafetensors ? ReadSafetensors(path) : Collect(path, TorchStateDict.Read(path));
        return new InceptionWeights(path, tensors, sha256 == PublishedSha256);
    }

    /// <summary>A tensor of the file in the innermost scope, of single precision.</summary>
    internal Tensor Tensor(string key) => Tensors.Tensor.FromBytes(_tensors[key].Bytes, DType.Float32, _tensors[key].Shape);

    /// <summary>What the linear map adds to each output, [1008].</summary>
    internal float[] LogitBias() => _tensors[InceptionPlan.LinearBias].ToFloat32();

    // A mapped file closes with its last array, so its numbers are copied here.
    private static Dictionary<string, HostArray> ReadSafetensors(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        return Collect(path, file.Names.ToDictionary(name => name, name => file[name]))
            .ToDictionary(entry => entry.Key, entry => new HostArray(DType.Float32, entry.Value.Shape, entry.Value.Bytes.ToArray()));
    }

    private static Dictionary<string, HostArray> Collect(string path, IReadOnlyDictionary<string, HostArray> found)
    {
        var problems = new List<string>();
        foreach ((string key, long[] shape) in InceptionPlan.Entries)
        {
            if (!found.TryGetValue(key, out HostArray? array))
                problems.Add($"{key} is missing");
            else if (!array.Shape.SequenceEqual(shape))
                problems.Add($"{key} is [{Print(array.Shape)}] and should be [{Print(shape)}]");
            else if (array.DType != DType.Float32)
                problems.Add($"{key} holds {array.DType} and should hold {DType.Float32}");
        }

        HashSet<string> known = [.. InceptionPlan.Entries.Select(entry => entry.Key)];
        problems.AddRange(found.Keys
            .Where(key => !known.Contains(key) && !key.EndsWith(Counters, StringComparison.Ordinal))
            .Select(key => $"{key} is not part of this network"));
        if (problems.Count > 0)
        {
            string more = problems.Count > 4 ? $", and {problems.Count - 4} more" : "";
            throw new ArrayFileException(path, "weights of the FID Inception network", string.Join("; ", problems.Take(4)) + more);
        }

        return found.Where(entry => known.Contains(entry.Key)).ToDictionary(entry => entry.Key, entry => entry.Value);
    }

    private static byte[] Sha256(Dictionary<string, HostArray> tensors)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, _) in InceptionPlan.Entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(key + '\0'));
            hash.AppendData(tensors[key].Bytes);
        }

        return hash.GetHashAndReset();
    }

    private static string Print(ReadOnlySpan<long> shape) => string.Join(", ", shape.ToArray());
}
