using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Augmentations;

/// <summary>
/// Random, differentiable changes of all that the discriminator sees, real and generated, in both networks' steps: it then
/// cannot learn few pictures by heart. A new one is one file and one line here.
/// </summary>
public abstract record Augmentation
{
    /// <summary>What it remembers from step to step, saved with the state of a run; null: nothing. The caller owns it.</summary>
    public virtual Module? CreateMemory() => null;

    /// <summary>Changes pictures.</summary>
    /// <param name="pictures">[N, C, R, R] in [-1, 1].</param>
    /// <param name="draws">Random numbers.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public abstract Tensor Apply(Tensor pictures, Draws draws, Module? memory);

    /// <summary>Told after every update of the discriminator, so that it can adapt.</summary>
    /// <param name="real">The judgement of (augmented) real pictures.</param>
    /// <param name="update">Updates before.</param>
    /// <param name="memory">What <see cref="CreateMemory"/> made.</param>
    public virtual void Observe(Judgement real, long update, Module? memory)
    {
    }
}
