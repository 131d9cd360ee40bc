namespace Sagan.Tensors.Functional;

/// <summary>Affine maps and table look-ups.</summary>
public static class Projection
{
    /// <summary>[N, inputs] by a weight [outputs, inputs] and a bias [outputs] → [N, outputs].</summary>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor? bias) => s_linear.Call(x, weight, bias).Tensor;

    /// <summary>Rows of a table [entries, size] by index [N] of Int64 → [N, size].</summary>
    public static Tensor Embedding(Tensor table, Tensor index) => s_embedding.Call(table, index).Tensor;

    /// <summary>The orthogonal factor Q and the triangular factor R of a matrix.</summary>
    public static (Tensor Q, Tensor R) Qr(Tensor matrix)
    {
        Results factors = s_qr.Call(matrix);
        return (factors.TensorAt(0), factors.TensorAt(1));
    }

    private static readonly Operator s_linear = Operator.Find("aten::linear", 3);
    private static readonly Operator s_embedding = Operator.Find("aten::embedding", 2);
    private static readonly Operator s_qr = Operator.Find("aten::linalg_qr", 1);
}
