using Sagan.Tensors.Files;

namespace Sagan.Onnx.Operators;

/// <summary>Operators that move elements and compute nothing.</summary>
internal static class Shapes
{
    // In Reshape, "as the input has it"; in Expand, where 1 gives way to any size, the same.
    private const long KeptByReshape = 0;
    private const long KeptByExpand = 1;

    internal static IReadOnlyDictionary<string, Action<TracedCall, GraphWriter>> Table { get; } = new Dictionary<string, Action<TracedCall, GraphWriter>>
    {
        ["aten::reshape"] = Reshape,
        ["aten::flatten.using_ints"] = Reshape,
        ["aten::unsqueeze"] = Reshape,
        ["aten::squeeze.dim"] = Reshape,
        ["aten::expand"] = (call, graph) => graph.Result(call, "Expand", [Data(call, graph), Sizes(call, graph, KeptByExpand)]),
        ["aten::transpose.int"] = Transpose,
        ["aten::narrow"] = Narrow,
        ["aten::select.int"] = Select,
        ["aten::cat"] = Concat,
        ["aten::embedding"] = (call, graph) => graph.Result(
            call, "Gather", [graph.Name(call.Tensor(0), "table"), graph.Name(call.Tensor(1), "rows")], NodeAttribute.Of("axis", 0)),
        ["aten::one_hot"] = (call, graph) => graph.Result(
            call, "OneHot", [Data(call, graph), graph.Integers(call.Integer(1)), graph.Integers(0, 1)], NodeAttribute.Of("axis", -1)),
    };

    private static void Reshape(TracedCall call, GraphWriter graph) =>
        graph.Result(call, "Reshape", [Data(call, graph), Sizes(call, graph, KeptByReshape)]);

    // The batch is the first axis of all that a network computes, so it can be said to stay.
    private static string Sizes(TracedCall call, GraphWriter graph, long kept)
    {
        IReadOnlyList<long> given = call.Tensor(0).Shape, wanted = call.Result.Shape;
        bool staysFirst = given.Count > 0 && wanted.Count > 0 && given[0] == wanted[0];
        if (wanted.Contains(TracedValue.BatchSize) && !(staysFirst && wanted.LastIndexOf(TracedValue.BatchSize) == 0))
            throw call.Refusal("moves the axis of the batch");
        return graph.Integers([.. wanted.Select(size => size == TracedValue.BatchSize ? kept : size)]);
    }

    private static void Transpose(TracedCall call, GraphWriter graph)
    {
        int rank = call.Result.Shape.Count;
        long[] axes = [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        (long first, long second) = (call.Axis(1, rank), call.Axis(2, rank));
        (axes[first], axes[second]) = (second, first);
        graph.Result(call, "Transpose", [Data(call, graph)], NodeAttribute.Of("perm", axes));
    }

    private static void Narrow(TracedCall call, GraphWriter graph)
    {
        long axis = call.Axis(1, call.Result.Shape.Count), start = call.Integer(2), length = call.Integer(3);
        graph.Result(call, "Slice", [Data(call, graph), graph.Integers(start), graph.Integers(start + length), graph.Integers(axis)]);
    }

    private static void Select(TracedCall call, GraphWriter graph)
    {
        string place = graph.Constant("place", HostArray.Of<long>([call.Integer(2)]));
        graph.Result(call, "Gather", [Data(call, graph), place], NodeAttribute.Of("axis", call.Axis(1, call.Tensor(0).Shape.Count)));
    }

    private static void Concat(TracedCall call, GraphWriter graph) => graph.Result(
        call, "Concat", call.Tensors(0).Select(part => graph.Name(part, "part")), NodeAttribute.Of("axis", call.Axis(1, call.Result.Shape.Count)));

    private static string Data(TracedCall call, GraphWriter graph) => graph.Name(call.Tensor(0), "input");

    private static int LastIndexOf(this IReadOnlyList<long> sizes, long size)
    {
        for (int i = sizes.Count - 1; i >= 0; i--)
        {
            if (sizes[i] == size)
                return i;
        }

        return -1;
    }
}
