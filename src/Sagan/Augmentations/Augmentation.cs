using System.Text.Json.Serialization;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Augmentations;

/// <summary>
/// Random, differentiable changes of all that the discriminator sees, real and generated, in both networks' steps: it then
/// cannot learn few pictures by heart. A new one is one file and one line here.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DifferentiableAugmentation), "diff-augment")]
[JsonDerivedType(typeof(AdaptiveAugmentation), "ada")]
public abstract record Augmentation
{
    /// <summary>What it remembers from step to step, saved with the state of a run; null: nothing. The caller owns it.</summary>
    public virtual Module? CreateMemory() => null;

    /// <summary>Changes pictures.</summary>
    /// <param name="pictures">[N, C, R, R] in [-1, 1].</param>
    /// <param name="draws">Random numbers.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public abstract Tensor Apply(Tensor pictures, Draws draws, Module? memory);

    /// <summary>Shown what the discriminator said of real pictures, micro-batch by micro-batch.</summary>
    /// <param name="real">The judgement of (augmented) real pictures, as constants.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public virtual void Observe(Judgement real, Module? memory)
    {
    }

    /// <summary>Told after every update of the discriminator, so that it can adapt to what it observed.</summary>
    /// <param name="updates">Updates so far, this one included.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public virtual void Adapt(long updates, Module? memory)
    {
    }

    /// <summary>Where it stands, by name, for the event log.</summary>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public virtual IEnumerable<(string Name, double Value)> Figures(Module? memory) => [];

    /// <summary>Refuses numbers that cannot be.</summary>
    /// <param name="setting">Path of this augmentation among the settings.</param>
    /// <exception cref="ConfigException">Names the setting and the cure.</exception>
    internal virtual void Validate(string setting)
    {
    }
}
