namespace Sagan.Tensors;

/// <content>Activations.</content>
public sealed partial class Tensor
{
    /// <summary>max(x, 0).</summary>
    public Tensor Relu() => s_relu.Call(this).Tensor;

    /// <summary>max(x, 0) in place.</summary>
    public void ReluInPlace() => s_reluInPlace.Run(this);

    /// <summary>x where it is positive, slope · x elsewhere.</summary>
    public Tensor LeakyRelu(double slope) => s_leakyRelu.Call(this, slope).Tensor;

    /// <summary>Hyperbolic tangent.</summary>
    public Tensor Tanh() => s_tanh.Call(this).Tensor;

    /// <summary>1 / (1 + exp(-x)).</summary>
    public Tensor Sigmoid() => s_sigmoid.Call(this).Tensor;

    /// <summary>log(1 + exp(x)), without overflow.</summary>
    public Tensor Softplus() => s_softplus.Call(this).Tensor;

    /// <summary>Exponentials along an axis, scaled to sum to 1.</summary>
    public Tensor Softmax(int axis) => s_softmax.Call(this, axis).Tensor;

    private static readonly Operator s_relu = Operator.Find("aten::relu", 1);
    private static readonly Operator s_reluInPlace = Operator.Find("aten::relu_", 1);
    private static readonly Operator s_leakyRelu = Operator.Find("aten::leaky_relu", 2);
    private static readonly Operator s_tanh = Operator.Find("aten::tanh", 1);
    private static readonly Operator s_sigmoid = Operator.Find("aten::sigmoid", 1);
    private static readonly Operator s_softplus = Operator.Find("aten::softplus", 1);
    private static readonly Operator s_softmax = Operator.Find("aten::softmax.int", 2);
}
