namespace Sagan.Tensors;

/// <content>New tensors.</content>
public sealed partial class Tensor
{
    /// <summary>All zeros.</summary>
    public static Tensor Zeros(ReadOnlySpan<long> shape, DType type = DType.Float32, Device device = default) =>
        s_zeros.Call(shape.ToArray(), type, Value.None, device).Tensor;

    /// <summary>All one number.</summary>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, DType type = DType.Float32, Device device = default) =>
        s_full.Call(shape.ToArray(), value, type, Value.None, device).Tensor;

    /// <summary>Ones on the diagonal of a square matrix, zeros elsewhere.</summary>
    public static Tensor Identity(long size, DType type = DType.Float32, Device device = default) =>
        s_identity.Call(size, type, Value.None, device).Tensor;

    /// <summary>Standard normal numbers on the source's device.</summary>
    public static Tensor Normal(ReadOnlySpan<long> shape, RandomSource random)
    {
        Tensor tensor = Zeros(shape, device: random.Device);
        tensor.FillNormal(random, 0, 1);
        return tensor;
    }

    /// <summary>Zeros of the same shape, type, device and memory order.</summary>
    public Tensor ZerosLike() => s_zerosLike.Call(this).Tensor;

    /// <summary>Draws every element from a normal distribution.</summary>
    public void FillNormal(RandomSource random, double mean, double deviation) => s_normal.Run(this, mean, deviation, random);

    /// <summary>Draws every element evenly from [least, most).</summary>
    public void FillUniform(RandomSource random, double least, double most) => s_uniform.Run(this, least, most, random);

    private static readonly Operator s_zeros = Operator.Find("aten::zeros", 4);
    private static readonly Operator s_identity = Operator.Find("aten::eye", 4);
    private static readonly Operator s_full = Operator.Find("aten::full", 5);
    private static readonly Operator s_zerosLike = Operator.Find("aten::zeros_like", 1);
    private static readonly Operator s_normal = Operator.Find("aten::normal_", 4);
    private static readonly Operator s_uniform = Operator.Find("aten::uniform_", 4);
}
