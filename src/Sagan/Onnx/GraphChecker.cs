using Sagan.Onnx.Operators;
using Sagan.Onnx.Schema;

namespace Sagan.Onnx;

/// <summary>Checks a graph before it is written: every value made once and before it is read, every type and shape as ONNX defines.</summary>
/// <remarks>
/// Shapes are derived anew from those of the inputs by the operators' published definitions (<see cref="ShapeRules"/>), and
/// compared with what was recorded when the network ran: two ways to the same numbers.
/// </remarks>
internal static class GraphChecker
{
    /// <exception cref="OnnxException">What is wrong with the graph; the message names the node.</exception>
    internal static void Check(ModelProto model)
    {
        if (model.OpsetImport.Count != 1 || model.OpsetImport[0].Domain.Length > 0 || model.OpsetImport[0].Version != OperatorBook.Edition)
            throw new OnnxException("opset_import", $"is not the standard operators' edition {OperatorBook.Edition} alone");

        GraphProto graph = model.Graph;
        var known = new Dictionary<string, GraphShape>();
        Dictionary<string, TensorProto> constants = [];
        foreach (ValueInfoProto input in graph.Input)
            Add(known, input.Name, GraphShape.Of(input));
        foreach (TensorProto constant in graph.Initializer)
        {
            RequireFilled(constant);
            Add(known, constant.Name, GraphShape.Of(constant));
            constants.Add(constant.Name, constant);
        }

        var nodes = new HashSet<string>();
        foreach (NodeProto node in graph.Node)
        {
            if (!nodes.Add(node.Name))
                throw new OnnxException(node.Name, "there are two nodes of this name");
            if (node.Output.Count != 1)
                throw new OnnxException(node.Name, $"makes {node.Output.Count} values; every operator used here makes one");
            Add(known, node.Output[0], ShapeRules.Derive(new NodeShapes(node, known, constants)));
        }

        foreach (ValueInfoProto info in graph.ValueInfo.Concat(graph.Output))
            RequireEqual(known, info);
        RequireRead(graph);
    }

    private static void Add(Dictionary<string, GraphShape> known, string name, GraphShape shape)
    {
        if (!known.TryAdd(name, shape))
            throw new OnnxException(name, "this value is made twice");
    }

    private static void RequireFilled(TensorProto constant)
    {
        int size = (TensorProto.Types.DataType)constant.DataType switch
        {
            TensorProto.Types.DataType.Float => 4,
            TensorProto.Types.DataType.Int64 => 8,
            _ => throw new OnnxException(constant.Name, "is a constant of no type that is used here"),
        };
        long count = constant.Dims.Aggregate(1L, (product, next) => product * next);
        if (constant.RawData.Length != count * size)
            throw new OnnxException(constant.Name, $"has {constant.RawData.Length} bytes for a shape of {count} elements");
    }

    private static void RequireEqual(Dictionary<string, GraphShape> known, ValueInfoProto info)
    {
        if (!known.TryGetValue(info.Name, out GraphShape? derived))
            throw new OnnxException(info.Name, "nothing makes this value");
        if (!derived.Equals(GraphShape.Of(info)))
            throw new OnnxException(info.Name, $"is declared as {GraphShape.Of(info)} and the operators make {derived}");
    }

    private static void RequireRead(GraphProto graph)
    {
        HashSet<string> read = [.. graph.Node.SelectMany(node => node.Input), .. graph.Output.Select(output => output.Name)];
        IEnumerable<string> made = [.. graph.Input.Select(input => input.Name), .. graph.Initializer.Select(constant => constant.Name), .. graph.Node.Select(node => node.Output[0])];
        if (made.FirstOrDefault(name => !read.Contains(name)) is { } unread)
            throw new OnnxException(unread, "nothing reads this value");
    }
}
