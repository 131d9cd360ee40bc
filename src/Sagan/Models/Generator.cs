using Sagan.Layers;

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
}
