namespace Sagan.Onnx.Operators;

/// <summary>Operators that treat every element alike, with broadcasting.</summary>
internal static class Elementwise
{
    internal static IReadOnlyDictionary<string, Action<TracedCall, GraphWriter>> Table { get; } = new Dictionary<string, Action<TracedCall, GraphWriter>>
    {
        ["aten::add.Tensor"] = (call, graph) => Pair(call, graph, "Add"),
        ["aten::add.Scalar"] = (call, graph) => graph.Result(call, "Add", [First(call, graph), graph.Scalar("number", call.Real(1))]),
        ["aten::sub.Tensor"] = (call, graph) => Pair(call, graph, "Sub"),
        ["aten::mul.Tensor"] = (call, graph) => Pair(call, graph, "Mul"),
        ["aten::addcmul"] = AddProduct,
        ["aten::relu"] = (call, graph) => Alone(call, graph, "Relu"),
        ["aten::leaky_relu"] = (call, graph) => graph.Result(call, "LeakyRelu", [First(call, graph)], NodeAttribute.Of("alpha", call.Real(1))),
        ["aten::tanh"] = (call, graph) => Alone(call, graph, "Tanh"),
        ["aten::to.dtype"] = Cast,
        ["aten::contiguous"] = (call, graph) => graph.Bind(call.Result, First(call, graph)),
    };

    private static void Alone(TracedCall call, GraphWriter graph, string operation) => graph.Result(call, operation, [First(call, graph)]);

    private static void Pair(TracedCall call, GraphWriter graph, string operation) =>
        graph.Result(call, operation, [First(call, graph), graph.Name(call.Tensor(1), "term")]);

    private static void AddProduct(TracedCall call, GraphWriter graph)
    {
        string product = graph.Node("Mul", [graph.Name(call.Tensor(1), "factor"), graph.Name(call.Tensor(2), "factor")]);
        graph.Result(call, "Add", [First(call, graph), product]);
    }

    private static void Cast(TracedCall call, GraphWriter graph)
    {
        if (call.Tensor(0).Type == call.Result.Type)
            graph.Bind(call.Result, First(call, graph));
        else
            graph.Result(call, "Cast", [First(call, graph)], NodeAttribute.Of("to", (long)ElementType.Of(call.Result.Type)));
    }

    private static string First(TracedCall call, GraphWriter graph) => graph.Name(call.Tensor(0), "input");
}
