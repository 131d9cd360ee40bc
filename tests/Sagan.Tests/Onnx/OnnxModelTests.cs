using Sagan.Layers;
using Sagan.Models;
using Sagan.Onnx;
using Sagan.Onnx.Operators;
using Sagan.Onnx.Schema;
using Sagan.Tensors;
using Sagan.Tests.Data;

namespace Sagan.Tests.Onnx;

/// <summary>Graphs as files against the networks they were made of: an interpreter without libtorch runs the one, libtorch the other.</summary>
public class OnnxModelTests
{
    // The interpreter works in double precision: what is left are libtorch's roundings through some thirty layers.
    private const double Tolerance = 5e-5;
    private const int Count = 3;

    private static readonly string[] s_classes = ["cat", "dog", "\"ship\""];
    private static readonly Dictionary<string, string> s_metadata = new() { ["images"] = "123" };

    public static TheoryData<string> Cases { get; } = [.. OnnxCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_generators_graph_draws_what_the_generator_draws(string name)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel gan = OnnxCases.Build(OnnxCases.All[name]);
        var inputs = new GraphInputs(gan, Count);

        ModelProto model = Reread(OnnxModel.Of(gan.Generator, s_classes, s_metadata));
        GraphArray picture = GraphInterpreter.Run(model, inputs.ForGenerator(model, truncation: TruncationInput.Off))["picture"];

        AssertClose(gan.Generator.Forward(inputs.Z, inputs.Condition), picture);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_discriminators_graph_judges_as_the_discriminator_does(string name)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        ModelConfig config = OnnxCases.All[name];
        using GanModel gan = OnnxCases.Build(config);
        var inputs = new GraphInputs(gan, Count);

        ModelProto model = Reread(OnnxModel.Of(gan.Discriminator, config, s_classes, s_metadata));
        Dictionary<string, GraphArray> verdict = GraphInterpreter.Run(model, inputs.ForDiscriminator(model));

        Judgement judgement = gan.Discriminator.Judge(inputs.Pictures, inputs.Condition);
        AssertClose(judgement.Logits, verdict["logit"]);
        Assert.Equal(judgement.Classes is not null, verdict.ContainsKey("classes"));
        if (judgement.Classes is { } classes)
            AssertClose(classes, verdict["classes"]);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(3)]
    public void Truncation_moves_latents_into_the_truncated_distribution(double truncation)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel gan = OnnxCases.Build(OnnxCases.All["without classes"]);
        var inputs = new GraphInputs(gan, Count);

        ModelProto model = OnnxModel.Of(gan.Generator, s_classes, s_metadata).Message;
        GraphArray picture = GraphInterpreter.Run(model, inputs.ForGenerator(model, truncation))["picture"];

        Tensor moved = Truncate(inputs.Z, truncation);
        Assert.True(moved.Abs().Max().Item() < truncation && inputs.Z.Abs().Max().Item() > 1);
        AssertClose(gan.Generator.Forward(moved, null), picture);
    }

    [Theory]
    [InlineData(RowMixing.Interpolated, 0.3)]
    [InlineData(RowMixing.Interpolated, 0.437)]
    [InlineData(RowMixing.Interpolated, 1)]
    [InlineData(RowMixing.Swapped, 0.3)]
    [InlineData(RowMixing.Swapped, 0.437)]
    public void Statistics_by_truncation_follow_the_input(RowMixing mixing, double truncation)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        var config = (BigGanDeepConfig)OnnxCases.All["statistics by truncation"] with { TruncationTable = new TruncationTable { Mixing = mixing } };
        using GanModel gan = OnnxCases.Build(config);
        var inputs = new GraphInputs(gan, Count);

        ModelProto model = OnnxModel.Of(gan.Generator, s_classes, s_metadata).Message;
        GraphArray picture = GraphInterpreter.Run(model, inputs.ForGenerator(model, truncation))["picture"];

        TruncationTable.Choose(gan.Generator, truncation);
        AssertClose(gan.Generator.Forward(Truncate(inputs.Z, 2) * truncation, inputs.Condition), picture);
    }

    [Fact]
    public void One_picture_is_drawn_as_it_is_among_others()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        using GanModel gan = OnnxCases.Build(OnnxCases.All["SelfAttentionGanConfig"]);
        var inputs = new GraphInputs(gan, 1);

        ModelProto model = OnnxModel.Of(gan.Generator, s_classes, s_metadata).Message;
        GraphArray picture = GraphInterpreter.Run(model, inputs.ForGenerator(model, TruncationInput.Off))["picture"];

        Assert.Equal([1, 3, 32, 32], picture.Shape);
        AssertClose(gan.Generator.Forward(inputs.Z, inputs.Condition), picture);
    }

    [Fact]
    public void The_file_says_what_goes_in_and_comes_out()
    {
        using GanModel gan = OnnxCases.Build(OnnxCases.All["SnganConfig"]);

        ModelProto model = Reread(OnnxModel.Of(gan.Generator, s_classes, s_metadata));

        Assert.Equal((8, 17), (model.IrVersion, model.OpsetImport.Single().Version));
        Assert.Equal("""["cat","dog","\u0022ship\u0022"]""", model.MetadataProps.Single(entry => entry.Key == "classes").Value);
        Assert.Equal("123", model.MetadataProps.Single(entry => entry.Key == "images").Value);
        Assert.Equal(
            ["z Float [N, 8]", "label Int64 [N]", "truncation Float [1]"],
            model.Graph.Input.Select(input => $"{input.Name} {GraphShape.Of(input)}"));
        Assert.Equal("picture Float [N, 3, 32, 32]", $"{model.Graph.Output[0].Name} {GraphShape.Of(model.Graph.Output[0])}");
        Assert.Contains(model.Graph.Initializer, constant => constant.Name == "generator.block1.conv1.weight");
    }

    [Fact]
    public void Every_operator_that_is_written_down_is_one_that_a_network_calls()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        var called = new HashSet<string>();
        foreach (ModelConfig config in OnnxCases.All.Values)
        {
            using GanModel gan = OnnxCases.Build(config);
            var inputs = new GraphInputs(gan, 1);
            called.UnionWith(ForwardRecording.Of([inputs.Z, inputs.Condition], x => [gan.Generator.Forward(x[0]!, x[1])]).Calls.Select(call => call.Operator));
            called.UnionWith(ForwardRecording.Of([inputs.Pictures, inputs.Condition], x => [gan.Discriminator.Judge(x[0]!, x[1]).Logits]).Calls.Select(call => call.Operator));
        }

        string unused = string.Join(", ", OperatorBook.Names.Except(called));
        Assert.True(unused.Length == 0, unused);
    }

    [Fact]
    public void An_operator_that_nobody_wrote_down_is_named_with_its_layer()
    {
        var call = new TracedCall("aten::cumsum", "generator.block1", [], new TracedValue(DType.Float32, [1], null));

        OnnxException error = Assert.Throws<OnnxException>(() => OperatorBook.Write(call, new GraphWriter()));

        Assert.Equal("generator.block1: aten::cumsum: this export does not know how to say it in ONNX", error.Message);
    }

    [Fact]
    public void What_an_operator_in_place_makes_of_an_input_is_found_out()
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        IReadOnlyList<Tensor?> Inputs(int count) => [Tensor.From([.. Enumerable.Range(count, count).Select(i => (float)i)], count), null];
        IReadOnlyList<Tensor> Forward(IReadOnlyList<Tensor?> inputs)
        {
            Tensor copy = Tensor.Zeros([1]);
            copy.CopyFrom(inputs[0]!.Max());
            return [inputs[0]! + copy];
        }

        OnnxException error = Assert.Throws<OnnxException>(() => TracedGraph.Of(Inputs, Forward));

        Assert.Contains("through an operator that is not watched", error.Message, StringComparison.Ordinal);
    }

    private static ModelProto Reread(OnnxModel model)
    {
        using var folder = new TemporaryFolder();
        model.Write(folder.At("model.onnx"));
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.At("model.onnx")));
    }

    // In double precision by libtorch's own inverse of the error function.
    private static Tensor Truncate(Tensor z, double threshold)
    {
        Tensor Erf(Tensor x) => Operator.Find("aten::erf", 1).Call(x).Tensor;
        Tensor mass = Erf(Tensor.From([threshold * Math.Sqrt(0.5)], 1));
        Tensor quantile = Erf(z.To(DType.Float64) * Math.Sqrt(0.5)) * mass;
        return (Operator.Find("aten::erfinv", 1).Call(quantile).Tensor * Math.Sqrt(2)).To(DType.Float32);
    }

    private static void AssertClose(Tensor expected, GraphArray actual)
    {
        Assert.Equal(expected.Shape.ToArray(), actual.Shape.Select(size => (long)size));
        double scale = Math.Max(1, expected.Abs().Max().Item());
        float[] values = expected.ToArray<float>();
        double worst = values.Zip(actual.Values, (one, other) => Math.Abs(one - other)).Max();
        Assert.True(worst <= Tolerance * scale, $"differs by {worst:g3} of {scale:g3}");
        Assert.True(values.Max() - values.Min() > 1e-3 || values.Length == 1, "all values are the same");
    }
}
