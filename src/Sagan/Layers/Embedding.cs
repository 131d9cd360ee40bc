using Sagan.Tensors;

namespace Sagan.Layers;

/// <summary>A vector for every class: labels [N] of Int64, or shares of classes [N, classes] → [N, size].</summary>
public sealed class Embedding : Layer
{
    private readonly Weight _weight;

    /// <param name="classes">Entries of the table.</param>
    /// <param name="size">Size of each vector.</param>
    /// <param name="initializer">Of the table [classes, size].</param>
    /// <param name="norm">Spectral norm of the whole table; null for none.</param>
    public Embedding(int classes, int size, Initializer initializer, SpectralNorm? norm = null) =>
        _weight = new Weight(this, [classes, size], initializer, norm);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => ClassRows.Of(_weight.Value(), x);

    private protected override void AdvanceOwnSpectralNorm() => _weight.Advance();
}
