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

    /// <summary>The plain name of a name, where the project has several forms; null for an array that nothing is computed from.</summary>
    internal virtual string? Plain(string name) => name;

    /// <summary>Refuses networks that do not belong together.</summary>
    private protected static void RequireSame(
        PeerFile generator, (int Resolution, int Classes) drawn, PeerFile discriminator, (int Resolution, int Classes) judged)
    {
        (string What, int Drawn, int Judged)[] facts = [("resolution", drawn.Resolution, judged.Resolution), ("classes", drawn.Classes, judged.Classes)];
        if (facts.FirstOrDefault(fact => fact.Drawn != fact.Judged) is { What: not null } other)
        {
            throw new ArrayFileException(
                discriminator.Path, "keys", $"this discriminator has {other.What} {other.Judged} and the generator in {generator.Path} {other.Drawn}: they are not of one GAN");
        }
    }
}
