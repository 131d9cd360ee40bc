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

    /// <summary>The same of a matrix that is not needed any more: on the processor in double precision its memory is used up, in less time and without a copy.</summary>
    /// <remarks>An operator of our own shim (native/ops/eigenvalues.cpp); squares of the numbers have to be numbers, too. No gradient goes through it.</remarks>
    /// <exception cref="TorchException">The matrix does not lie in rows, or holds NaN or infinity.</exception>
    public static Tensor SymmetricEigenvaluesInPlace(Tensor symmetric)
    {
        ArgumentNullException.ThrowIfNull(symmetric);
        return symmetric.DType == DType.Float64 && symmetric.Device == Device.Cpu
            ? s_eigenvaluesInPlace.Call(symmetric).Tensor
            : SymmetricEigenvalues(symmetric);
    }

    /// <summary>Singular values, descending, of a matrix [m, n].</summary>
    public static Tensor SingularValues(Tensor matrix) => s_singularValues.Call(matrix).Tensor;

    private static readonly Operator s_cholesky = Operator.Find("aten::linalg_cholesky_ex", 1);
    private static readonly Operator s_eigen = Operator.Find("aten::linalg_eigh", 1);
    private static readonly Operator s_eigenvalues = Operator.Find("aten::linalg_eigvalsh", 1);
    private static readonly Operator s_eigenvaluesInPlace = Operator.Find("sagan::symmetric_eigenvalues", 1);
    private static readonly Operator s_singularValues = Operator.Find("aten::linalg_svdvals", 1);
}
