namespace Sagan.Models;

/// <summary>Where the latent vector enters a generator.</summary>
internal enum LatentUse
{
    /// <summary>Whole, at the 4x4 map: SNGAN, SAGAN, and BigGAN without hierarchical latents.</summary>
    First,

    /// <summary>In equal chunks: one at the 4x4 map, one beside the class in the batch norms of each block (BigGAN).</summary>
    Chunks,

    /// <summary>Whole and beside the class, at the 4x4 map and in all batch norms (BigGAN-deep).</summary>
    Everywhere,
}
