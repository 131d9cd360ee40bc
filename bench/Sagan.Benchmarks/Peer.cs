namespace Sagan.Benchmarks;

/// <summary>Public PyTorch code that people train such networks with.</summary>
internal enum Peer
{
    /// <summary>BigGAN-PyTorch, by BigGAN's first author: one pass of the discriminator over real and generated pictures.</summary>
    BigGanPyTorch,

    /// <summary>Mimicry (SNGAN with projection, SAGAN): a pass for each.</summary>
    Mimicry,
}
