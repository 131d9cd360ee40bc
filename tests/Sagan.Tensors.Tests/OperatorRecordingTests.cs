using Sagan.Tensors.Functional;

namespace Sagan.Tensors.Tests;

/// <summary>What libtorch tells of its operators while they are recorded.</summary>
public sealed class OperatorRecordingTests
{
    [Fact]
    public void An_operator_is_told_with_those_that_it_calls_inside_it()
    {
        using var scope = Scope.Open();
        Tensor x = Tensor.Full([1, 2, 8, 8], 1), kernel = Tensor.Full([3, 2, 3, 3], 1);

        long before = OperatorRecording.Clock;
        OperatorEvent[] events = Record(() => Convolution.Conv2d(x, kernel, null, padding: 1));
        long after = OperatorRecording.Clock;

        Assert.Equal("aten::conv2d", events[0].Name);
        Assert.Equal(0, events[0].Depth);
        OperatorEvent inner = events.First(told => told.Name == "aten::convolution");
        Assert.Equal(1, inner.Depth);
        Assert.InRange(inner.Start, events[0].Start, events[0].End);
        Assert.InRange(inner.End, inner.Start, events[0].End);
        Assert.InRange(events[0].Start, before, after);
        Assert.InRange(events[0].End, events[0].Start + 1, after);
    }

    [Fact]
    public void Events_of_a_thread_nest_as_their_depths_say()
    {
        using var scope = Scope.Open();
        Tensor x = Leaf();

        OperatorEvent[] events = Record(() => Autograd.Backward(((x * x) + x.Exp()).Sum()));

        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.First.Start <= pair.Second.Start));
        var open = new Stack<OperatorEvent>();
        foreach (OperatorEvent told in events)
        {
            while (open.Count > told.Depth)
                open.Pop();
            Assert.Equal(told.Depth, open.Count);
            Assert.True(open.Count == 0 || told.End <= open.Peek().End, $"{told.Name} outlives the call that it is part of");
            open.Push(told);
        }
    }

    [Fact]
    public void A_node_of_the_backward_pass_has_the_number_of_the_operator_that_added_it()
    {
        using var scope = Scope.Open();
        Tensor x = Leaf();

        OperatorEvent[] events = Record(() => Autograd.Backward((x.Exp() * 3).Sum()));

        OperatorEvent node = Assert.Single(events, told => told is { IsNode: true, Name: "ExpBackward0" });
        OperatorEvent adder = events.Last(told => !told.IsNode && told.Sequence == node.Sequence && told.Thread == node.ForwardThread);
        Assert.Equal("aten::exp", adder.Name);
    }

    [Fact]
    public void Nothing_is_told_of_what_runs_before_after_or_on_another_thread()
    {
        using var scope = Scope.Open();
        Tensor x = Tensor.Full([4], 1);
        _ = x.Exp();

        OperatorEvent[] events = Record(() =>
        {
            _ = x.Tanh();
            var other = new Thread(() =>
            {
                using var inner = Scope.Open();
                _ = Tensor.Full([4], 1).Relu();
            });
            other.Start();
            other.Join();
        });
        _ = x.Exp();

        Assert.Equal(["aten::tanh"], events.Select(told => told.Name));
        Assert.Empty(Record(() => { }));
    }

    [Fact]
    public void One_recording_at_a_time_and_none_ends_that_has_not_begun()
    {
        TorchException early = Assert.Throws<TorchException>(() => OperatorRecording.Stop(out _));

        TorchException? second = null;
        Record(() => second = Assert.Throws<TorchException>(OperatorRecording.Start));

        Assert.Contains("no operators are being recorded", early.Message, StringComparison.Ordinal);
        Assert.Contains("recorded already", second!.Message, StringComparison.Ordinal);
    }

    private static Tensor Leaf()
    {
        Tensor x = Tensor.Full([4], 1);
        x.RequiresGrad = true;
        return x;
    }

    private static OperatorEvent[] Record(Action body)
    {
        OperatorEvent[] events = [];
        OperatorRecording.Start();
        try
        {
            body();
        }
        finally
        {
            events = OperatorRecording.Stop(out _);
        }

        return events;
    }
}
