namespace Sagan.Tensors.Functional;

/// <summary>One call over many tensors: what optimizers and averages are made of.</summary>
public static class Foreach
{
    /// <summary>Multiplies each by a number, in place.</summary>
    public static void Scale(Tensor[] tensors, double factor) => s_multiply.Run(tensors, factor);

    /// <summary>Adds to each its partner, scaled, in place.</summary>
    public static void Add(Tensor[] tensors, Tensor[] others, double scale) => s_add.Run(tensors, others, scale);

    /// <summary>Adds a number to each, in place.</summary>
    public static void Add(Tensor[] tensors, double number) => s_addScalar.Run(tensors, number);

    /// <summary>Adds to each the product of two partners, scaled, in place.</summary>
    public static void AddProduct(Tensor[] tensors, Tensor[] first, Tensor[] second, double scale) =>
        s_addProduct.Run(tensors, first, second, scale);

    /// <summary>Adds to each the quotient of two partners, scaled, in place.</summary>
    public static void AddQuotient(Tensor[] tensors, Tensor[] numerators, Tensor[] denominators, double scale) =>
        s_addQuotient.Run(tensors, numerators, denominators, scale);

    /// <summary>Square roots, as new tensors.</summary>
    public static Tensor[] Sqrt(Tensor[] tensors) => s_sqrt.Call(tensors).Tensors;

    /// <summary>The norm of all elements of all tensors together, a scalar.</summary>
    public static Tensor Norm(Tensor[] tensors) => Tensor.Stack(s_norm.Call(tensors).Tensors).Norm();

    /// <summary>Whether <see cref="Adam"/> can move them: weights of Float32 on the processor.</summary>
    public static bool TakesAdam(Tensor[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Operator.Observer is null && values.All(value => value.DType == DType.Float32 && value.Device == Device.Cpu);
    }

    /// <summary>A step of Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1) in one pass over memory; changes all but the gradients in place.</summary>
    /// <param name="values">Weights, contiguous, as <see cref="TakesAdam"/> wants them.</param>
    /// <param name="gradients">Theirs, in the same order.</param>
    /// <param name="means">Running means of the gradients; empty where <paramref name="beta1"/> is 0.</param>
    /// <param name="squares">Running means of the gradients' squares.</param>
    /// <param name="beta1">Weight of the former mean.</param>
    /// <param name="beta2">Weight of the former mean square.</param>
    /// <param name="rate">Learning rate over 1 - beta1^t.</param>
    /// <param name="correction">1 / (1 - beta2^t).</param>
    /// <param name="epsilon">Added to the root.</param>
    public static void Adam(
        Tensor[] values, Tensor[] gradients, Tensor[] means, Tensor[] squares, double beta1, double beta2, double rate, double correction, double epsilon) =>
        s_adam.Run(values, gradients, means, squares, beta1, beta2, rate, correction, epsilon);

    /// <summary>Whether <see cref="FusedAdam"/> can move a weight and be faster: of Float32, on a GPU, with libtorch 2.5 or newer, and with <see cref="Torch.GpuShortcuts"/>.</summary>
    public static bool TakesFusedAdam(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Torch.GpuShortcuts && value.DType == DType.Float32 && value.Device.Kind == DeviceKind.Cuda && HasFusedAdam;
    }

    /// <summary>Whether the linked libtorch has such a step, whose numbers lie on the device.</summary>
    /// <remarks>It is there from 2.1 on, but before 2.5 refuses a weight whose gradient lies otherwise in memory along an axis of one element.</remarks>
    internal static bool HasFusedAdam => Torch.IsAtLeast(2, 5) && s_fusedAdam.Exists;

    /// <summary>libtorch's own step of Adam over all weights at once; changes all but the gradients in place.</summary>
    /// <param name="values">Weights.</param>
    /// <param name="gradients">Theirs, in the same order.</param>
    /// <param name="means">Running means of the gradients; where <paramref name="beta1"/> is 0, the gradients themselves will do: they are their own mean.</param>
    /// <param name="squares">Running means of the gradients' squares.</param>
    /// <param name="rate">Learning rate: a scalar of Float32, on the weights' device as is the next.</param>
    /// <param name="step">Which step it is: a scalar of Float32, 1 in the first.</param>
    /// <param name="beta1">Weight of the former mean.</param>
    /// <param name="beta2">Weight of the former mean square.</param>
    /// <param name="epsilon">Added to the root.</param>
    public static void FusedAdam(
        Tensor[] values, Tensor[] gradients, Tensor[] means, Tensor[] squares, Tensor rate, Tensor step, double beta1, double beta2, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(values);
        Tensor[] steps = new Tensor[values.Length];
        Array.Fill(steps, step);
        s_fusedAdam.Run(values, gradients, means, squares, Array.Empty<Tensor>(), steps, rate, beta1, beta2, 0.0, epsilon, false, false);
    }

    // Decay of weights is 0; neither AMSGrad nor upwards.
    private static readonly Operator s_fusedAdam = Operator.FindYounger("aten::_fused_adam_.tensor_lr", 13);
    private static readonly Operator s_adam = Operator.Find("sagan::adam", 9);
    private static readonly Operator s_norm = Operator.Find("aten::_foreach_norm.Scalar", 1);
    private static readonly Operator s_multiply = Operator.Find("aten::_foreach_mul_.Scalar", 2);
    private static readonly Operator s_add = Operator.Find("aten::_foreach_add_.List", 3);
    private static readonly Operator s_addScalar = Operator.Find("aten::_foreach_add_.Scalar", 2);
    private static readonly Operator s_addProduct = Operator.Find("aten::_foreach_addcmul_.Scalar", 4);
    private static readonly Operator s_addQuotient = Operator.Find("aten::_foreach_addcdiv_.Scalar", 4);
    private static readonly Operator s_sqrt = Operator.Find("aten::_foreach_sqrt", 1);
}
