using System.Text.Json.Nodes;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors.Files;

namespace Sagan.Exchange;

/// <summary>Another project whose networks ours can be: its names, and what its shapes tell.</summary>
public abstract class Peer
{
    /// <summary>What the command line calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Which network of this project a file holds; null: none.</summary>
    public abstract PeerRole? Recognise(PeerFile file);

    /// <summary>What networks these are: a pure function of names and shapes, and of settings where those leave it open.</summary>
    /// <param name="generator">Under plain names; null where there is none.</param>
    /// <param name="discriminator">Under plain names; null where there is none, but one of both is there.</param>
    /// <param name="settings">The project's own, where given.</param>
    /// <exception cref="ArrayFileException">Nothing of ours computes what such a network does; the message says why.</exception>
    /// <exception cref="ConfigException">Settings contradict the shapes.</exception>
    public abstract PeerModel Infer(PeerFile? generator, PeerFile? discriminator, PeerSettings settings);

    /// <summary>The arrays of this project's file of a network of ours.</summary>
    /// <param name="network">A generator or discriminator.</param>
    /// <param name="model">What it was built from.</param>
    public abstract KeyTable Keys(Module network, ModelConfig model);

    /// <summary>Our architectures that can be exported to it, by their kind in a configuration; none where it is only imported from.</summary>
    internal virtual IReadOnlyList<string> Kinds => [];

    /// <summary>How a class reaches its discriminators, where they look at the class.</summary>
    internal virtual IReadOnlyList<DiscriminatorCondition> Conditions => [];

    /// <summary>
    /// Refuses a network that its code never builds, though its names and shapes could be those of one: what
    /// <see cref="Infer"/>, which trusts files, has no need to ask.
    /// </summary>
    /// <param name="file">Names and shapes of our network as they would be there.</param>
    /// <param name="role">Which network it is.</param>
    /// <param name="model">What it was built from.</param>
    /// <param name="resolution">Of the pictures.</param>
    /// <exception cref="ConfigException">Names the setting.</exception>
    internal virtual void RequireBuildable(PeerFile file, PeerRole role, ModelConfig model, int resolution)
    {
    }

    /// <summary>What its code must be told for a network of ours beside what shapes show, as <see cref="PeerSettings"/> has it.</summary>
    internal virtual JsonObject Arguments(ModelConfig model, PeerRole role) => [];

    /// <summary>What it gives to torch.save.</summary>
    /// <param name="stateDict">The arrays of a network.</param>
    /// <param name="steps">Training steps that it has seen.</param>
    internal virtual object Checkpoint(OrderedDictionary<string, object?> stateDict, long steps) => stateDict;

    /// <summary>The plain name of a name, where the project has several forms; null for an array that nothing is computed from.</summary>
    internal virtual string? Plain(string name) => name;

    /// <summary>Refuses networks that do not belong together.</summary>
    private protected static void RequireSame(PeerFile generator, int ofGenerator, PeerFile discriminator, int ofDiscriminator, string what)
    {
        if (ofGenerator != ofDiscriminator)
        {
            throw new ArrayFileException(
                discriminator.Path, "keys", $"this discriminator has {what} {ofDiscriminator} and the generator in {generator.Path} {ofGenerator}: they are not of one GAN");
        }
    }
}
