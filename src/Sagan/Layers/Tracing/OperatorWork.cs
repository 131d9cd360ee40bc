using Sagan.Tensors;

namespace Sagan.Layers.Tracing;

/// <summary>What an operator's call costs: arithmetic of the products that networks are made of, and memory of its result.</summary>
/// <remarks>
/// Two operations a multiplication with its addition. Convolutions, linear maps and matrix products count; elementwise
/// work, pooling, normalisation and the matrix-vector products of power iterations do not: they are small beside.
/// </remarks>
internal static class OperatorWork
{
    // These return another look at the same memory.
    private static readonly HashSet<string> s_views =
    [
        "aten::reshape", "aten::flatten.using_ints", "aten::transpose.int", "aten::permute", "aten::unsqueeze", "aten::squeeze.dim",
        "aten::narrow", "aten::select.int", "aten::expand", "aten::detach", "aten::contiguous", "aten::diagonal", "aten::to.dtype", "aten::to.device",
    ];

    /// <summary>Floating-point operations of a call; 0 for what does not count.</summary>
    internal static long Flops(Operator called, ReadOnlySpan<Value> arguments, Tensor result) => called.Name switch
    {
        // The kernel [outputs, inputs, k, k] is applied once for each output pixel; transposed, once for each input pixel.
        "aten::conv2d" => 2 * result.Count * (Second(arguments).Count / Second(arguments).Size(0)),
        "aten::conv_transpose2d.input" => 2 * First(arguments).Count * (Second(arguments).Count / Second(arguments).Size(0)),
        "aten::linear" => 2 * result.Count * Second(arguments).Size(-1),
        "aten::matmul" or "aten::mm" or "aten::bmm" => 2 * result.Count * First(arguments).Size(-1),
        "aten::addmm" or "aten::baddbmm" => 2 * result.Count * Second(arguments).Size(-1),
        _ => 0,
    };

    /// <summary>Bytes that a call adds to memory; 0 where the result is a view.</summary>
    internal static long Bytes(Operator called, Tensor result) => s_views.Contains(called.Name) ? 0 : result.Count * result.DType.Size();

    private static Tensor First(ReadOnlySpan<Value> arguments) => (Tensor)arguments[0].Reference!;

    private static Tensor Second(ReadOnlySpan<Value> arguments) => (Tensor)arguments[1].Reference!;
}
