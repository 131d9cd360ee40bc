using Sagan.Layers;

namespace Sagan.Models;

/// <summary>How all weights of a BigGAN start, embeddings included.</summary>
public enum Initialization
{
    /// <summary>Orthonormal rows or columns: the paper (appendix C) and BigGAN-PyTorch's default.</summary>
    Orthogonal,

    /// <summary>Normal with deviation 0.02: "N02", BigGAN-PyTorch's choice for CIFAR.</summary>
    Normal,

    /// <summary>Xavier, as SAGAN.</summary>
    Xavier,
}

/// <summary>The initialisers behind the names.</summary>
internal static class Initializations
{
    internal static BlockInitializers Blocks(this Initialization start) => BlockInitializers.All(start switch
    {
        Initialization.Normal => new NormalInitializer(0.02),
        Initialization.Xavier => new XavierInitializer(),
        _ => new OrthogonalInitializer(),
    });
}
