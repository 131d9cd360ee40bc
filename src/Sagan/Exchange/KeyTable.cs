using Sagan.Layers;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>All arrays that another project's file of a network has, with what they are of ours.</summary>
/// <remarks>
/// A pure function of our network: a file that differs from it in names or shapes is of another network, and the difference
/// can be told by name. Two things of ours may be without an array of theirs: a <c>v</c>, which follows from <c>u</c>, and the
/// running statistics of a batch norm that has them by truncation, which become those at truncation 1.
/// </remarks>
public sealed class KeyTable
{
    private const int MostNamed = 5;

    private readonly Module _network;

    private KeyTable(Module network, IReadOnlyList<KeyEntry> entries)
    {
        _network = network;
        Entries = entries;
        HashSet<string> told = [.. entries.SelectMany(entry => entry.Ours)];
        if (network.State().FirstOrDefault(own => !told.Contains(own.Name) && !FollowsFrom(told, own.Name)).Name is { } forgotten)
            throw new InvalidOperationException($"The key table has no name for {forgotten}.");
    }

    /// <summary>In the order of our network.</summary>
    public IReadOnlyList<KeyEntry> Entries { get; }

    /// <summary>Builds the table of a network.</summary>
    /// <param name="network">Ours.</param>
    /// <param name="translate">The arrays that begin at a value of ours; none where a neighbour's already holds it.</param>
    internal static KeyTable Of(Module network, Func<OwnName, Parameter, IEnumerable<KeyEntry>> translate) =>
        new(network, [.. network.State().SelectMany(own => translate(OwnName.Of(own.Name), own.Value))]);

    /// <summary>Fills the network.</summary>
    /// <exception cref="ArrayFileException">Keys are missing, left over, or of another shape; the message names them.</exception>
    internal void Read(PeerFile file)
    {
        RequireMatch(file);
        Dictionary<string, Parameter> state = _network.State().ToDictionary(own => own.Name, own => own.Value);
        foreach (KeyEntry entry in Entries.Where(entry => entry.IsKept))
            entry.Take(file[entry.Theirs], state);

        HashSet<string> told = [.. Entries.SelectMany(entry => entry.Ours)];
        foreach ((string layer, Weight weight) in _network.NormalizedWeights())
        {
            if (!told.Contains($"{layer}.v"))
                weight.CompleteVectors();
        }

        TruncationTable.Choose(_network, 1);
    }

    /// <summary>The network's numbers as their file has them, in the order of our network.</summary>
    internal OrderedDictionary<string, HostArray> Write()
    {
        Dictionary<string, Parameter> state = _network.State().ToDictionary(own => own.Name, own => own.Value);
        return new OrderedDictionary<string, HostArray>(Entries.Select(entry => KeyValuePair.Create(entry.Theirs, entry.Filler ?? entry.Copy(state))));
    }

    private void RequireMatch(PeerFile file)
    {
        var problems = new List<string>();
        foreach (KeyEntry entry in Entries.Where(entry => entry.IsKept))
        {
            if (!file.Has(entry.Theirs))
                problems.Add($"{entry.Theirs} is missing");
            else if (!file[entry.Theirs].Shape.SequenceEqual([.. entry.Shape]))
                problems.Add($"{file.NameOf(entry.Theirs)} is {Extent.Print(file[entry.Theirs].Shape)} and should be {Extent.Print([.. entry.Shape])}");
        }

        HashSet<string> known = [.. Entries.Select(entry => entry.Theirs)];
        problems.AddRange(file.Names.Where(name => !known.Contains(name)).Select(name => $"{file.NameOf(name)} is not part of this network"));
        if (problems.Count == 0)
            return;
        string more = problems.Count > MostNamed ? $", and {problems.Count - MostNamed} more" : "";
        throw new ArrayFileException(file.Path, "keys", string.Join("; ", problems.Take(MostNamed)) + more);
    }

    // A "mean" has "means" beside it where there is a table.
    private static bool FollowsFrom(HashSet<string> told, string name) => name.EndsWith(".v", StringComparison.Ordinal) || told.Contains(name + "s");
}
