using Google.Protobuf;
using Sagan.Models;
using Sagan.Onnx;
using Sagan.Onnx.Schema;

namespace Sagan.Tests.Onnx;

/// <summary>Graphs with one thing wrong.</summary>
public class GraphCheckerTests
{
    public static TheoryData<string> Damages { get; } = [.. Damage().Keys];

    [Fact]
    public void Every_operator_has_a_rule_that_some_graph_needs()
    {
        var used = new HashSet<string>();
        foreach (ModelConfig config in OnnxCases.All.Values)
        {
            using GanModel gan = OnnxCases.Build(config);
            used.UnionWith(OnnxModel.Of(gan.Generator, [], new Dictionary<string, string>()).Message.Graph.Node.Select(node => node.OpType));
            used.UnionWith(OnnxModel.Of(gan.Discriminator, config, [], new Dictionary<string, string>()).Message.Graph.Node.Select(node => node.OpType));
        }

        string unused = string.Join(", ", ShapeRules.Names.Except(used));
        Assert.True(unused.Length == 0, unused);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_graph_with_one_thing_wrong_is_refused_at_its_place(string damage)
    {
        ModelProto model = Whole();
        GraphChecker.Check(model.Clone());
        (Action<GraphProto> apply, string expected) = Damage()[damage];
        apply(model.Graph);

        OnnxException error = Assert.Throws<OnnxException>(() => GraphChecker.Check(model));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_operators_than_the_standard_ones_are_refused()
    {
        ModelProto model = Whole();
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "com.example", Version = 1 });

        Assert.Contains("edition 17 alone", Assert.Throws<OnnxException>(() => GraphChecker.Check(model)).Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, (Action<GraphProto> Apply, string Expected)> Damage() => new()
    {
        ["a value that nothing makes"] = (graph => Node(graph, "Conv").Input[0] = "nowhere", "reads nowhere, which nothing made before"),
        ["a node before what it reads"] = (graph =>
        {
            NodeProto first = graph.Node.Single(node => node.Output[0] == Node(graph, "Relu").Input[0]);
            graph.Node.Remove(first);
            graph.Node.Add(first);
        }, "which nothing made before"),
        ["a node twice"] = (graph => graph.Node.Add(Node(graph, "Relu").Clone()), "two nodes of this name"),
        ["a value twice"] = (graph => graph.Node.Add(new NodeProto(Node(graph, "Relu")) { Name = "again" }), "this value is made twice"),
        ["a constant twice"] = (graph => graph.Initializer.Add(graph.Initializer[0].Clone()), "this value is made twice"),
        ["an operator of nobody's"] = (graph => Node(graph, "Relu").OpType = "Rectify", "no rule is written down"),
        ["a setting of nobody's"] = (graph => Node(graph, "Relu").Attribute.Add(NodeAttribute.Of("slope", 0.1)), "has a setting slope"),
        ["a setting that is missing"] = (graph => Node(graph, "Conv").Attribute.Clear(), "lacks its setting kernel_shape"),
        ["a constant of another size"] = (graph => graph.Initializer.First(constant => constant.Dims.Count == 4).Dims[0]++, "bytes for a shape of"),
        ["a kernel for other maps"] = (graph => Transpose(graph, graph.Node.Last(node => node.OpType == "Conv").Input[1]), "applies a kernel"),
        ["a bias of another layer"] = (graph => Node(graph, "Gemm").Input[2] = Node(graph, "BatchNormalization").Input[3], "has a bias of another size"),
        ["a shape that does not hold its values"] = (graph => Node(graph, "Reshape").Input[1] = Add(graph, [0, 7, 4, 4]), "Float [N, 7, 4, 4] of Float [N"),
        ["an output of another shape"] = (graph => graph.Output[0].Type.TensorType.Shape.Dim[1].DimValue = 4, "declared as Float [N, 4, 32, 32]"),
        ["an output that nothing makes"] = (graph => graph.Output[0].Name = "image", "nothing makes this value"),
        ["an input of another type"] = (graph => graph.Input[1].Type.TensorType.ElemType = (int)TensorProto.Types.DataType.Float, "places that are no integers"),
        ["a result that nobody reads"] = (graph => graph.Node.Add(new NodeProto { Name = "late", OpType = "Relu", Input = { "z" }, Output = { "late" } }), "nothing reads this value"),
        ["pads that shrink the maps"] = (graph => Node(graph, "Conv").Attribute.Single(setting => setting.Name == "pads").Ints[0] = 0, "which do not broadcast"),
    };

    private static ModelProto Whole()
    {
        using GanModel gan = OnnxCases.Build(new SnganConfig { LatentSize = 8, GeneratorWidth = 4, DiscriminatorWidth = 4 });
        return OnnxModel.Of(gan.Generator, [], new Dictionary<string, string>()).Message;
    }

    private static NodeProto Node(GraphProto graph, string operation) => graph.Node.First(node => node.OpType == operation);

    private static void Transpose(GraphProto graph, string kernel)
    {
        TensorProto constant = graph.Initializer.Single(entry => entry.Name == kernel);
        (constant.Dims[0], constant.Dims[1]) = (constant.Dims[1], constant.Dims[0]);
    }

    private static string Add(GraphProto graph, long[] values)
    {
        byte[] bytes = [.. values.SelectMany(BitConverter.GetBytes)];
        graph.Initializer.Add(new TensorProto { Name = "sizes", DataType = (int)TensorProto.Types.DataType.Int64, Dims = { values.Length }, RawData = ByteString.CopyFrom(bytes) });
        return "sizes";
    }
}
