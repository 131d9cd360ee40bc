using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Layers;

/// <summary>Rows of a table with one row a class: what every class condition comes down to.</summary>
/// <remarks>
/// Labels pick rows; shares of classes blend them, which is how categories are morphed at a fixed latent vector (Miyato and
/// Koyama 2018, arXiv:1802.05637, section 4.1). A share of 1 gives the row that the label gives.
/// </remarks>
internal static class ClassRows
{
    /// <param name="table">[classes, size].</param>
    /// <param name="condition">Labels [N] of Int64, or shares [N, classes].</param>
    /// <returns>[N, size].</returns>
    internal static Tensor Of(Tensor table, Tensor condition) => condition.DType == DType.Int64
        ? Projection.Embedding(table, condition)
        : condition.MatMul(table);
}
