using Sagan.Layers;

namespace Sagan.Models;

/// <summary>A network that judges: (pictures [N, C, R, R] in [-1, 1], labels [N] or null) → logits [N].</summary>
public abstract class Discriminator : ConditionalLayer
{
    private protected Discriminator(ImageSpec images, bool isConditional)
    {
        Images = images;
        IsConditional = isConditional;
        Rename("discriminator");
    }

    /// <summary>What it judges.</summary>
    public ImageSpec Images { get; }

    /// <summary>Whether it looks at the labels.</summary>
    public bool IsConditional { get; }
}
