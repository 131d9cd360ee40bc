using System.Text.Json.Nodes;
using Sagan.Models;

namespace Sagan.Exchange;

/// <summary>Another project that networks of ours can be exported to, too.</summary>
public abstract class TargetPeer : Peer
{
    /// <summary>Our architectures that it has, by their kind in a configuration.</summary>
    internal abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>How a class reaches its discriminators, where they look at the class.</summary>
    internal abstract IReadOnlyList<DiscriminatorCondition> Conditions { get; }

    /// <summary>
    /// Refuses a network that its code never builds, though its names and shapes could be those of one: what
    /// <see cref="Peer.Infer"/>, which trusts files, has no need to ask.
    /// </summary>
    /// <param name="file">Names and shapes of our network as they would be there.</param>
    /// <param name="role">Which network it is.</param>
    /// <param name="model">What it was built from.</param>
    /// <param name="resolution">Of the pictures.</param>
    /// <exception cref="ConfigException">Names the setting.</exception>
    internal abstract void RequireBuildable(PeerFile file, PeerRole role, ModelConfig model, int resolution);

    /// <summary>What it gives to torch.save.</summary>
    /// <param name="stateDict">The arrays of a network.</param>
    /// <param name="steps">Training steps that it has seen.</param>
    internal abstract object Checkpoint(OrderedDictionary<string, object?> stateDict, long steps);

    /// <summary>What its code must be told for a network of ours beside what shapes show, as <see cref="PeerSettings"/> has it.</summary>
    internal virtual JsonObject Arguments(ModelConfig model, PeerRole role) => [];
}
