namespace Sagan.Tensors;

/// <content>Reductions and products.</content>
public sealed partial class Tensor
{
    /// <summary>Sum over the given axes, or over all of them.</summary>
    public Tensor Sum(params ReadOnlySpan<long> axes) => axes.IsEmpty
        ? s_sum.Call(this).Tensor
        : s_sumAxes.Call(this, axes.ToArray()).Tensor;

    /// <summary>Mean over the given axes, or over all of them.</summary>
    public Tensor Mean(params ReadOnlySpan<long> axes) => axes.IsEmpty
        ? s_mean.Call(this).Tensor
        : s_meanAxes.Call(this, axes.ToArray()).Tensor;

    /// <summary>Largest element.</summary>
    public Tensor Max() => s_max.Call(this).Tensor;

    /// <summary>Smallest element.</summary>
    public Tensor Min() => s_min.Call(this).Tensor;

    /// <summary>Square root of the sum of squares of all elements.</summary>
    public Tensor Norm() => s_norm.Call(this).Tensor;

    /// <summary>Square root of the sum of squares over the given axes; where all are zero its gradient is taken as zero.</summary>
    public Tensor Norm(params ReadOnlySpan<long> axes) => s_normAxes.Call(this, 2.0, axes.ToArray()).Tensor;

    /// <summary>Largest element along an axis, without that axis.</summary>
    public Tensor Max(int axis) => s_maxAxis.Call(this, axis).Tensor;

    /// <summary>Places of the largest elements along the last axis, largest first.</summary>
    /// <returns>Int64.</returns>
    public Tensor LargestPlaces(int count) => s_largest.Call(this, count).TensorAt(1);

    /// <summary>True where an element is neither NaN nor infinite.</summary>
    public Tensor IsFinite() => s_isFinite.Call(this).Tensor;

    /// <summary>Whether every element is true.</summary>
    public Tensor All() => s_all.Call(this).Tensor;

    /// <summary>Matrix product; leading axes are batches.</summary>
    public Tensor MatMul(Tensor other) => s_matMul.Call(this, other).Tensor;

    /// <summary>The product of two matrices into a tensor of its shape; without gradients.</summary>
    public void MatMulInto(Tensor other, Tensor product) => s_matMulInto.Run(this, other, product);

    /// <summary>Matrix times vector.</summary>
    public Tensor TimesVector(Tensor vector) => s_timesVector.Call(this, vector).Tensor;

    /// <summary>Inner product of two vectors.</summary>
    public Tensor Dot(Tensor other) => s_dot.Call(this, other).Tensor;

    /// <summary>Diagonal of a matrix.</summary>
    public Tensor Diagonal() => s_diagonal.Call(this).Tensor;

    private static readonly Operator s_sum = Operator.Find("aten::sum", 1);
    private static readonly Operator s_sumAxes = Operator.Find("aten::sum.dim_IntList", 2);
    private static readonly Operator s_mean = Operator.Find("aten::mean", 1);
    private static readonly Operator s_meanAxes = Operator.Find("aten::mean.dim", 2);
    private static readonly Operator s_max = Operator.Find("aten::max", 1);
    private static readonly Operator s_min = Operator.Find("aten::min", 1);
    private static readonly Operator s_norm = Operator.Find("aten::linalg_vector_norm", 1);
    private static readonly Operator s_normAxes = Operator.Find("aten::linalg_vector_norm", 3);
    private static readonly Operator s_maxAxis = Operator.Find("aten::max.dim", 2);
    private static readonly Operator s_largest = Operator.Find("aten::topk", 2);
    private static readonly Operator s_isFinite = Operator.Find("aten::isfinite", 1);
    private static readonly Operator s_all = Operator.Find("aten::all", 1);
    private static readonly Operator s_matMul = Operator.Find("aten::matmul", 2);
    private static readonly Operator s_matMulInto = Operator.Find("aten::mm.out", 3);
    private static readonly Operator s_timesVector = Operator.Find("aten::mv", 2);
    private static readonly Operator s_dot = Operator.Find("aten::dot", 2);
    private static readonly Operator s_diagonal = Operator.Find("aten::diagonal", 1);
}
