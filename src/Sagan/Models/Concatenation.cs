using Sagan.Layers;

namespace Sagan.Models;

/// <summary>Where a concatenating discriminator lays the class beside its maps.</summary>
internal static class Concatenation
{
    /// <summary>The map beside which an embedding of the class lies (sngan_projection, SNResNetConcatDiscriminator).</summary>
    internal const int HiddenResolution = 16;

    private const int EmbeddingSize = 128;

    /// <summary>The planes of the class before what reads a map, or null.</summary>
    /// <param name="resolution">Of the map.</param>
    /// <param name="formerResolution">Of the map before; 0 at the picture itself.</param>
    /// <param name="condition">How a class reaches the discriminator.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="initializer">Of the embedding.</param>
    /// <param name="norm">Spectral norm of the embedding; null for none.</param>
    internal static ClassPlanes? Before(
        int resolution, int formerResolution, DiscriminatorCondition condition, int classes, Initializer initializer, SpectralNorm? norm) =>
        condition switch
        {
            DiscriminatorCondition.InputConcat when formerResolution == 0 => ClassPlanes.OneHot(classes),
            DiscriminatorCondition.HiddenConcat when resolution == HiddenResolution && formerResolution > resolution =>
                ClassPlanes.Embedded(classes, EmbeddingSize, initializer, norm),
            _ => null,
        };
}
