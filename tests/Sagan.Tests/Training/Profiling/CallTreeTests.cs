using Sagan.Layers;
using Sagan.Layers.Tracing;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Tests.Training.Profiling;

/// <summary>Which calls, layers and passes operators belong to, by events made up for it.</summary>
public sealed class CallTreeTests
{
    private const ulong Own = 1, Device = 2;

    [Fact]
    public void A_call_s_own_time_is_without_those_inside_it()
    {
        IReadOnlyList<OperatorCall> calls = CallTree.Of(Iteration(
            [],
            new OperatorEvent("outer", 0, 100, Own, 0),
            new OperatorEvent("first", 10, 30, Own, 1),
            new OperatorEvent("inmost", 15, 20, Own, 2),
            new OperatorEvent("second", 40, 90, Own, 1),
            new OperatorEvent("next", 100, 104, Own, 0)));

        Assert.Equal([30, 15, 5, 50, 4], calls.Select(call => call.Self));
        Assert.Equal([null, "outer", "first", "outer", null], calls.Select(call => call.Caller?.Event.Name));
    }

    [Fact]
    public void An_operator_belongs_to_the_innermost_layer_that_runs_on_its_thread()
    {
        var block = new ReluBlock();
        IReadOnlyList<OperatorCall> calls = CallTree.Of(Iteration(
            [Span(block, 10, 50), Span(block.Part, 20, 30)],
            new OperatorEvent("before", 5, 9, Own, 0),
            new OperatorEvent("in the block", 11, 19, Own, 0),
            new OperatorEvent("in its part", 21, 29, Own, 0),
            new OperatorEvent("elsewhere", 22, 23, Device, 0),
            new OperatorEvent("in the block again", 31, 49, Own, 0),
            new OperatorEvent("after", 50, 51, Own, 0)));

        Assert.Equal([null, block, block.Part, null, block, null], calls.Select(call => call.Layer));
    }

    [Fact]
    public void A_node_goes_to_the_layer_of_the_last_operator_before_with_its_number_and_thread()
    {
        var block = new ReluBlock();
        IReadOnlyList<OperatorCall> calls = CallTree.Of(Iteration(
            [Span(block, 10, 20), Span(block.Part, 20, 30)],
            new OperatorEvent("a view, adds nothing", 11, 12, Own, 0) { Sequence = 7 },
            new OperatorEvent("adds node 7", 21, 22, Own, 0) { Sequence = 7 },
            new OperatorEvent("autograd::engine::evaluate_function: Node7", 40, 60, Device, 0),
            new OperatorEvent("Node7", 41, 50, Device, 1) { Sequence = 7, IsNode = true, ForwardThread = Own },
            new OperatorEvent("inside", 42, 49, Device, 2),
            new OperatorEvent("adds up", 51, 59, Device, 1),
            new OperatorEvent("Node7 of another thread", 70, 80, Own, 0) { Sequence = 7, IsNode = true, ForwardThread = Device }));

        Assert.Equal([block, block.Part, block.Part, block.Part, block.Part, block.Part, null], calls.Select(call => call.Layer));
        Assert.Equal([false, false, true, true, true, true, true], calls.Select(call => call.IsBackward));
    }

    private static RecordedIteration Iteration(LayerSpan[] layers, params OperatorEvent[] operators) => new(0, 200, Own, operators, layers, []);

    private static LayerSpan Span(Module layer, long start, long end) => new(layer, start) { End = end };

    private sealed class ReluBlock : Layer
    {
        internal ReluBlock() => Part = Child("part", new Part());

        internal Part Part { get; }

        protected override Tensor Run(Tensor x) => Part.Forward(x);
    }

    private sealed class Part : Layer
    {
        protected override Tensor Run(Tensor x) => x.Relu();
    }
}
