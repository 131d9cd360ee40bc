namespace Sagan.Onnx.Operators;

/// <summary>How each operator of libtorch that a network calls in evaluation is said in ONNX.</summary>
/// <remarks>A new operator gets a line in the table of its family; until then the export refuses it by name and layer.</remarks>
internal static class OperatorBook
{
    /// <summary>The operators' edition: the first that all of ONNX Runtime's builds of the last years read, in the browser, too.</summary>
    internal const int Edition = 17;

    private static readonly Dictionary<string, Action<TracedCall, GraphWriter>> s_all = new(
        [.. Elementwise.Table, .. Shapes.Table, .. Products.Table, .. Maps.Table], StringComparer.Ordinal);

    /// <summary>The operators that there are.</summary>
    internal static IReadOnlyCollection<string> Names => s_all.Keys;

    /// <summary>Writes the nodes of a call.</summary>
    /// <exception cref="OnnxException">Nobody wrote down how this operator is said, or not with these arguments.</exception>
    internal static void Write(TracedCall call, GraphWriter graph)
    {
        if (!s_all.TryGetValue(call.Operator, out Action<TracedCall, GraphWriter>? write))
            throw call.Refusal("this export does not know how to say it in ONNX");
        graph.Enter(call.Layer);
        write(call, graph);
    }
}
