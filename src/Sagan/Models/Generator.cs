using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Models;

/// <summary>A network that draws: (z [N, latent size], labels [N] or null) → pictures [N, C, R, R] in [-1, 1].</summary>
public abstract class Generator : ConditionalLayer
{
    private protected Generator(int latentSize, ImageSpec images, bool isConditional)
    {
        LatentSize = latentSize;
        Images = images;
        IsConditional = isConditional;
        Rename("generator");
    }

    /// <summary>Size of the latent vector.</summary>
    public int LatentSize { get; }

    /// <summary>What it draws.</summary>
    public ImageSpec Images { get; }

    /// <summary>Whether it looks at the labels.</summary>
    public bool IsConditional { get; }

    /// <summary>The class embedding that all its batch norms share; null where there is none.</summary>
    internal virtual Embedding? SharedEmbedding => null;

    /// <summary>Whether its condition is made from real pictures, and not a class.</summary>
    public virtual bool ConditionsOnPictures => false;

    /// <summary>The condition that goes with real pictures: their labels, or what <see cref="ConditionsOnPictures"/> makes of them.</summary>
    public virtual Tensor ConditionOf(Batch real) => real.Labels;

    /// <summary>Tells the time; a network that changes as training goes on follows it.</summary>
    /// <param name="images">The clock: real pictures shown so far.</param>
    internal virtual void Follow(long images)
    {
    }
}
