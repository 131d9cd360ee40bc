using Sagan.Tensors.Files;

namespace Sagan.Onnx.Operators;

/// <summary>Operators on maps [N, C, H, W]: norms, pooling, doubling; and softmax.</summary>
internal static class Maps
{
    internal static IReadOnlyDictionary<string, Action<TracedCall, GraphWriter>> Table { get; } = new Dictionary<string, Action<TracedCall, GraphWriter>>
    {
        ["aten::batch_norm"] = Normalize,
        ["aten::max_pool2d"] = (call, graph) => Pool(call, graph, "MaxPool"),
        ["aten::avg_pool2d"] = (call, graph) => Pool(call, graph, "AveragePool"),
        ["aten::upsample_nearest2d"] = (call, graph) => Resize(
            call, graph, NodeAttribute.Of("mode", "nearest"), NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"), NodeAttribute.Of("nearest_mode", "floor")),
        ["aten::upsample_bilinear2d"] = UpsampleBilinear,
        ["aten::softmax.int"] = (call, graph) => graph.Result(
            call, "Softmax", [graph.Name(call.Tensor(0), "input")], NodeAttribute.Of("axis", call.Axis(1, call.Result.Shape.Count))),
    };

    private static void Normalize(TracedCall call, GraphWriter graph)
    {
        if (call.Flag(5))
            throw call.Refusal("takes the batch's statistics; put the network into evaluation");
        float[] gains = new float[call.Result.Shape[1]];
        string bias = call.OptionalTensor(2) is { } known ? graph.Name(known, "bias") : graph.Constant("zeros", HostArray.Of<float>(gains, gains.Length));
        Array.Fill(gains, 1);
        string gain = call.OptionalTensor(1) is { } given ? graph.Name(given, "gain") : graph.Constant("ones", HostArray.Of<float>(gains, gains.Length));
        graph.Result(
            call, "BatchNormalization", [graph.Name(call.Tensor(0), "input"), gain, bias, graph.Name(call.Tensor(3), "mean"), graph.Name(call.Tensor(4), "variance")],
            NodeAttribute.Of("epsilon", call.Real(7)));
    }

    private static void Pool(TracedCall call, GraphWriter graph, string operation) => graph.Result(
        call, operation, [graph.Name(call.Tensor(0), "input")], NodeAttribute.Of("kernel_shape", call.Integers(1)), NodeAttribute.Of("strides", call.Integers(2)));

    private static void UpsampleBilinear(TracedCall call, GraphWriter graph)
    {
        if (call.Flag(2))
            throw call.Refusal("aligns the corners, which this export does not say");
        Resize(call, graph, NodeAttribute.Of("mode", "linear"), NodeAttribute.Of("coordinate_transformation_mode", "half_pixel"));
    }

    // By factors and not by sizes: then the number of pictures does not matter. The unnamed input would be a region to crop.
    private static void Resize(TracedCall call, GraphWriter graph, params ReadOnlySpan<Schema.AttributeProto> attributes)
    {
        IReadOnlyList<long> given = call.Tensor(0).Shape, wanted = call.Result.Shape;
        float[] factors = [1, 1, (float)wanted[2] / given[2], (float)wanted[3] / given[3]];
        string scales = graph.Constant("scales", HostArray.Of<float>(factors, 4));
        graph.Result(call, "Resize", [graph.Name(call.Tensor(0), "input"), "", scales], attributes);
    }
}
