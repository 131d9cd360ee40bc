using Sagan.Exchange;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Tests.Exchange;

/// <summary>Arrays as another project's file of a network of ours would hold them.</summary>
internal static class ForeignFile
{
    /// <summary>All arrays, those that nothing is computed from included.</summary>
    internal static Dictionary<string, HostArray> Of(Peer peer, Module network, ModelConfig model)
    {
        Dictionary<string, Parameter> state = network.State().ToDictionary(own => own.Name, own => own.Value);
        return peer.Keys(network, model).Entries.ToDictionary(entry => entry.Theirs, entry => entry.Filler ?? Array(entry, state));
    }

    /// <summary>A generator with drawn values.</summary>
    internal static Generator Draw(ModelConfig model, ImageSpec images)
    {
        using var random = new RandomSource(1);
        Generator generator = model.BuildGenerator(images);
        generator.Initialize(random);
        return generator;
    }

    /// <summary>Imports generators alone.</summary>
    internal static ImportedNetworks Import(params (string Path, Dictionary<string, HostArray> Arrays)[] files) =>
        ImportedNetworks.Of(PeerFiles.Of(null, [.. files.Select(file => PeerFile.Of(file.Path, file.Arrays))]), PeerSettings.None);

    private static HostArray Array(KeyEntry entry, Dictionary<string, Parameter> state)
    {
        using Scope scope = Scope.Open();
        return HostArray.Of<float>(entry.Give(state).ToArray<float>(), [.. entry.Shape]);
    }
}
