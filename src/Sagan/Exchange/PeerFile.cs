using System.Globalization;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>The arrays of one network in another project's file, by that project's names.</summary>
/// <remarks>
/// Looked through: dictionaries around the network (<c>model_state_dict</c>, <c>state_dict</c>), beside which optimizers and
/// counters stand, and the <c>module.</c> that torch's DataParallel puts before every name.
/// </remarks>
public sealed class PeerFile
{
    private static readonly string[] s_containers = ["model_state_dict.", "state_dict."];

    private readonly IReadOnlyDictionary<string, HostArray> _arrays;
    private readonly IReadOnlyDictionary<string, string> _originals;

    private PeerFile(string path, IReadOnlyDictionary<string, HostArray> arrays, IReadOnlyDictionary<string, string> originals)
    {
        Path = path;
        _arrays = arrays;
        _originals = originals;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => _arrays.Keys;

    /// <summary>An array.</summary>
    /// <exception cref="ArrayFileException">There is none of this name.</exception>
    public HostArray this[string name] => _arrays.TryGetValue(name, out HostArray? array)
        ? array
        : throw new ArrayFileException(Path, "keys", $"{name} is missing, which such a network has");

    /// <summary>Reads a file that torch.save wrote, or Chainer's save_npz: an npz by its ending.</summary>
    /// <exception cref="ArrayFileException">The file cannot be read, or holds no arrays.</exception>
    public static PeerFile Read(string path) =>
        Of(path, path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? NpzFile.Read(path) : TorchStateDict.Read(path));

    /// <summary>The network among arrays of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="all">By names whose parts are joined with dots.</param>
    /// <exception cref="ArrayFileException">There are none.</exception>
    internal static PeerFile Of(string path, IReadOnlyDictionary<string, HostArray> all)
    {
        string container = s_containers.FirstOrDefault(prefix => all.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal))) ?? "";
        Dictionary<string, HostArray> network = Below(container, all);
        if (network.Count == 0)
            throw new ArrayFileException(path, "keys", "there are no arrays in it");
        if (network.Keys.All(name => name.StartsWith("module.", StringComparison.Ordinal)))
            network = Below("module.", network);
        return new PeerFile(path, network, network.Keys.ToDictionary(name => name));
    }

    /// <summary>The same under the names that a project's networks have in their plainest form.</summary>
    /// <param name="plain">The plain name of a name; null for an array that nothing is computed from.</param>
    internal PeerFile Under(Func<string, string?> plain)
    {
        var arrays = new Dictionary<string, HostArray>();
        var originals = new Dictionary<string, string>();
        foreach ((string name, HostArray array) in _arrays)
        {
            if (plain(name) is not { } known)
                continue;
            if (!arrays.TryAdd(known, array))
                throw new ArrayFileException(Path, "keys", $"{name} and {originals[known]} are the same thing twice");
            originals.Add(known, name);
        }

        return new PeerFile(Path, arrays, originals);
    }

    /// <summary>Whether there is such an array.</summary>
    public bool Has(string name) => _arrays.ContainsKey(name);

    /// <summary>What the file itself calls it.</summary>
    internal string NameOf(string name) => _originals[name];

    /// <summary>The size of an array's axis, at least 1.</summary>
    /// <exception cref="ArrayFileException">There is no such array, or no such axis.</exception>
    internal int Size(string name, int axis)
    {
        ReadOnlySpan<long> shape = this[name].Shape;
        return axis < shape.Length && shape[axis] is > 0 and <= int.MaxValue
            ? (int)shape[axis]
            : throw new ArrayFileException(Path, "keys", $"{NameOf(name)} is {Extent.Print(shape)}, which no network has");
    }

    /// <summary>Which numbers stand between two parts of names, in order: 0 to 4 in <c>blocks.0.0.conv1.weight</c> and its neighbours.</summary>
    /// <param name="before">Up to the number.</param>
    /// <param name="after">All behind it.</param>
    internal IReadOnlyList<int> Numbers(string before, string after) =>
    [
        .. Names
            .Where(name => name.Length > before.Length + after.Length
                && name.StartsWith(before, StringComparison.Ordinal) && name.EndsWith(after, StringComparison.Ordinal))
            .Select(name => name[before.Length..^after.Length])
            .Where(number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture))
            .Order(),
    ];

    private static Dictionary<string, HostArray> Below(string prefix, IReadOnlyDictionary<string, HostArray> arrays) => arrays
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value);
}
