namespace Sagan.Onnx.Operators;

/// <summary>Operators that sum products: linear maps, convolutions, reductions.</summary>
internal static class Products
{
    internal static IReadOnlyDictionary<string, Action<TracedCall, GraphWriter>> Table { get; } = new Dictionary<string, Action<TracedCall, GraphWriter>>
    {
        ["aten::linear"] = (call, graph) => graph.Result(call, "Gemm", WithKernel(call, graph), NodeAttribute.Of("transB", 1)),
        ["aten::matmul"] = (call, graph) => graph.Result(call, "MatMul", [graph.Name(call.Tensor(0), "left"), graph.Name(call.Tensor(1), "right")]),
        ["aten::conv2d"] = Convolve,
        ["aten::conv_transpose2d.input"] = ConvolveTransposed,
        ["aten::sum.dim_IntList"] = (call, graph) => graph.Result(
            call, "ReduceSum", [graph.Name(call.Tensor(0), "input"), graph.Integers(call.Integers(1))], NodeAttribute.Of("keepdims", 0)),
        ["aten::mean.dim"] = (call, graph) => graph.Result(
            call, "ReduceMean", [graph.Name(call.Tensor(0), "input")], NodeAttribute.Of("axes", call.Integers(1)), NodeAttribute.Of("keepdims", 0)),
    };

    private static void Convolve(TracedCall call, GraphWriter graph) => graph.Result(
        call, "Conv", WithKernel(call, graph),
        NodeAttribute.Of("kernel_shape", KernelSides(call)), NodeAttribute.Of("strides", call.Integers(3)), NodeAttribute.Of("pads", Pads(call)));

    private static void ConvolveTransposed(TracedCall call, GraphWriter graph) => graph.Result(
        call, "ConvTranspose", WithKernel(call, graph),
        NodeAttribute.Of("kernel_shape", KernelSides(call)), NodeAttribute.Of("strides", call.Integers(3)), NodeAttribute.Of("pads", Pads(call)),
        NodeAttribute.Of("output_padding", call.Integers(5)));

    private static IEnumerable<string> WithKernel(TracedCall call, GraphWriter graph)
    {
        string[] inputs = [graph.Name(call.Tensor(0), "input"), graph.Name(call.Tensor(1), "weight")];
        return call.OptionalTensor(2) is { } bias ? inputs.Append(graph.Name(bias, "bias")) : inputs;
    }

    private static long[] KernelSides(TracedCall call) => [.. call.Tensor(1).Shape.Skip(2)];

    // Above, left, below, right.
    private static long[] Pads(TracedCall call) => [.. call.Integers(4), .. call.Integers(4)];
}
