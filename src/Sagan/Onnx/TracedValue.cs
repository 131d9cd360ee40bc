using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Onnx;

/// <summary>A tensor of a recorded forward pass: an input, what an operator made of inputs, or a constant.</summary>
/// <param name="type">Of its elements.</param>
/// <param name="shape">Sizes of its axes; <see cref="BatchSize"/> for the batch's.</param>
/// <param name="constant">Its values where they do not depend on the inputs; else null.</param>
internal sealed class TracedValue(DType type, long[] shape, HostArray? constant)
{
    /// <summary>Stands for the number of pictures, which a graph leaves open.</summary>
    internal const long BatchSize = long.MinValue;

    internal DType Type { get; } = type;

    internal IReadOnlyList<long> Shape { get; } = shape;

    internal HostArray? Constant { get; } = constant;
}
