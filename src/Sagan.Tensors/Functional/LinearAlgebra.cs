namespace Sagan.Tensors.Functional;

/// <summary>Factors and spectra of matrices, in the precision of the matrix.</summary>
public static class LinearAlgebra
{
    /// <summary>The lower triangular L with matrix = L Lᵀ of a symmetric matrix [n, n]; null where it is not positive definite.</summary>
    public static Tensor? Cholesky(Tensor symmetric)
    {
        // LAPACK wants columns one after another; a symmetric matrix need not be reordered for that.
        Results factor = s_cholesky.Call(symmetric.Transpose(0, 1));
        return factor.TensorAt(1).Item() == 0 ? factor.TensorAt(0) : null;
    }

    /// <summary>Eigenvalues [n], ascending, and eigenvectors as columns [n, n] of a symmetric matrix; only its lower triangle is read.</summary>
    public static (Tensor Values, Tensor Vectors) SymmetricEigen(Tensor symmetric)
    {
        Results eigen = s_eigen.Call(symmetric);
        return (eigen.TensorAt(0), eigen.TensorAt(1));
    }

    /// <summary>Eigenvalues [n], ascending, of a symmetric matrix; only its lower triangle is read.</summary>
    public static Tensor SymmetricEigenvalues(Tensor symmetric) => s_eigenvalues.Call(symmetric).Tensor;

    /// <summary>Singular values, descending, of a matrix [m, n].</summary>
    public static Tensor SingularValues(Tensor matrix) => s_singularValues.Call(matrix).Tensor;

    private static readonly Operator s_cholesky = Operator.Find("aten::linalg_cholesky_ex", 1);
    private static readonly Operator s_eigen = Operator.Find("aten::linalg_eigh", 1);
    private static readonly Operator s_eigenvalues = Operator.Find("aten::linalg_eigvalsh", 1);
    private static readonly Operator s_singularValues = Operator.Find("aten::linalg_svdvals", 1);
}
