using Sagan.Exchange;
using Sagan.Layers;

namespace Sagan.Tests.Fixtures;

/// <summary>A peer's names of a whole network, as the library itself translates them.</summary>
internal sealed class ProductNames : PeerNames
{
    private readonly Peer _peer;
    private readonly Dictionary<string, KeyEntry> _entries;

    private ProductNames(Peer peer, KeyTable table)
    {
        _peer = peer;
        _entries = table.Entries.ToDictionary(entry => entry.Theirs);
    }

    internal static ProductNames Of(ImportedNetworks imported, Module network) => new(imported.Peer, imported.Peer.Keys(network, imported.Model.Model));

    internal override string[] Ours(string theirs) => _peer.Plain(theirs) is { } plain ? [.. _entries[plain].Ours] : [];

    internal override double Offset(string ours) => _entries.Values.Single(entry => entry.Ours.Contains(ours)).Offset;
}
