namespace Sagan.Tensors;

/// <content>Element-wise arithmetic, with libtorch's broadcasting; and its in-place forms.</content>
public sealed partial class Tensor
{
    /// <summary>Element-wise sum.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => s_add.Call(left, right).Tensor;

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(Tensor left, double right) => s_addScalar.Call(left, right).Tensor;

    /// <summary>Sum with a number.</summary>
    public static Tensor operator +(double left, Tensor right) => right + left;

    /// <summary>Element-wise difference.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => s_subtract.Call(left, right).Tensor;

    /// <summary>Difference with a number.</summary>
    public static Tensor operator -(Tensor left, double right) => left + -right;

    /// <summary>A number less each element.</summary>
    public static Tensor operator -(double left, Tensor right) => s_subtractFrom.Call(right, left).Tensor;

    /// <summary>Negation.</summary>
    public static Tensor operator -(Tensor value) => s_negate.Call(value).Tensor;

    /// <summary>Element-wise product.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => s_multiply.Call(left, right).Tensor;

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(Tensor left, double right) => s_multiplyScalar.Call(left, right).Tensor;

    /// <summary>Product with a number.</summary>
    public static Tensor operator *(double left, Tensor right) => right * left;

    /// <summary>Element-wise quotient.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => s_divide.Call(left, right).Tensor;

    /// <summary>Quotient by a number.</summary>
    public static Tensor operator /(Tensor left, double right) => left * (1 / right);

    /// <summary>Element-wise square.</summary>
    public Tensor Square() => s_multiply.Call(this, this).Tensor;

    /// <summary>Element-wise square root.</summary>
    public Tensor Sqrt() => s_sqrt.Call(this).Tensor;

    /// <summary>Element-wise absolute value.</summary>
    public Tensor Abs() => s_abs.Call(this).Tensor;

    /// <summary>Element-wise natural logarithm.</summary>
    public Tensor Log() => s_log.Call(this).Tensor;

    /// <summary>Element-wise exponential.</summary>
    public Tensor Exp() => s_exp.Call(this).Tensor;

    /// <summary>Element-wise -1, 0 or 1.</summary>
    public Tensor Sign() => s_sign.Call(this).Tensor;

    /// <summary>Each element rounded down.</summary>
    public Tensor Floor() => s_floor.Call(this).Tensor;

    /// <summary>A sum with a product, in one pass: <c>sum + first · second</c>.</summary>
    public static Tensor AddProduct(Tensor sum, Tensor first, Tensor second) => s_addProduct.Call(sum, first, second).Tensor;

    /// <summary>Each element pulled into [least, most].</summary>
    public Tensor Clamp(double? least, double? most) =>
        s_clamp.Call(this, least is { } low ? low : Value.None, most is { } high ? high : Value.None).Tensor;

    /// <summary>Takes over the values of another tensor of a shape that broadcasts; ownership never moves.</summary>
    public void CopyFrom(Tensor source) => s_copy.Run(this, source);

    /// <summary>Sets every element to a number.</summary>
    public void Fill(double value) => s_fill.Run(this, value);

    /// <summary>Adds in place, scaled.</summary>
    public void AddInPlace(Tensor other, double scale = 1) => s_addInPlace.Run(this, other, scale);

    /// <summary>Multiplies by a number in place.</summary>
    public void ScaleInPlace(double factor) => s_multiplyInPlace.Run(this, factor);

    /// <summary>Pulls each element into [least, most] in place.</summary>
    public void ClampInPlace(double least, double most) => s_clampInPlace.Run(this, least, most);

    /// <summary>Moves in place towards another tensor: <c>this + weight (other - this)</c>.</summary>
    public void LerpInPlace(Tensor other, double weight) => s_lerpInPlace.Run(this, other, weight);

    private static readonly Operator s_add = Operator.Find("aten::add.Tensor", 2);
    private static readonly Operator s_addScalar = Operator.Find("aten::add.Scalar", 2);
    private static readonly Operator s_subtract = Operator.Find("aten::sub.Tensor", 2);
    private static readonly Operator s_subtractFrom = Operator.Find("aten::rsub.Scalar", 2);
    private static readonly Operator s_negate = Operator.Find("aten::neg", 1);
    private static readonly Operator s_multiply = Operator.Find("aten::mul.Tensor", 2);
    private static readonly Operator s_multiplyScalar = Operator.Find("aten::mul.Scalar", 2);
    private static readonly Operator s_divide = Operator.Find("aten::div.Tensor", 2);
    private static readonly Operator s_sqrt = Operator.Find("aten::sqrt", 1);
    private static readonly Operator s_abs = Operator.Find("aten::abs", 1);
    private static readonly Operator s_log = Operator.Find("aten::log", 1);
    private static readonly Operator s_exp = Operator.Find("aten::exp", 1);
    private static readonly Operator s_sign = Operator.Find("aten::sign", 1);
    private static readonly Operator s_floor = Operator.Find("aten::floor", 1);
    private static readonly Operator s_addProduct = Operator.Find("aten::addcmul", 3);
    private static readonly Operator s_clamp = Operator.Find("aten::clamp", 3);
    private static readonly Operator s_copy = Operator.Find("aten::copy_", 2);
    private static readonly Operator s_fill = Operator.Find("aten::fill_.Scalar", 2);
    private static readonly Operator s_addInPlace = Operator.Find("aten::add_.Tensor", 3);
    private static readonly Operator s_multiplyInPlace = Operator.Find("aten::mul_.Scalar", 2);
    private static readonly Operator s_clampInPlace = Operator.Find("aten::clamp_", 3);
    private static readonly Operator s_lerpInPlace = Operator.Find("aten::lerp_.Scalar", 3);
}
