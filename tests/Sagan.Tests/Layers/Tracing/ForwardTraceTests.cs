using Sagan.Layers;
using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Tests.Layers.Tracing;

public sealed class ForwardTraceTests
{
    [Fact]
    public void A_convolution_costs_two_operations_a_weight_and_output_pixel()
    {
        using Scope scope = Scope.Open();
        using var layer = new Conv2d(3, 5, 3, Initializer.Zeros);

        ForwardTrace trace = Trace(() => layer.Forward(Tensor.Zeros([2, 3, 6, 7])));

        TracedLayer traced = Assert.Single(trace.Layers);
        Assert.Equal([2L, 5, 6, 7], traced.Output);
        Assert.Equal(2L * (3 * 3 * 3) * 5 * (2 * 6 * 7), traced.Flops);
    }

    [Fact]
    public void Convolution_and_pooling_in_one_cost_sixteen_products_a_pooled_pixel()
    {
        using Scope scope = Scope.Open();
        using var layer = new Conv2d(3, 5, 3, Initializer.Zeros);

        ForwardTrace trace = Trace(() => layer.ForwardPooled(Tensor.Zeros([2, 3, 6, 8])));

        Assert.Equal([2L, 5, 3, 4], Assert.Single(trace.Layers).Output);
        Assert.Equal(2L * 16 * 3 * 5 * (2 * 3 * 4), trace.Flops);
    }

    [Fact]
    public void Attention_counts_its_convolutions_and_both_products_and_is_marked_with_its_parts()
    {
        using Scope scope = Scope.Open();
        using var layer = new SelfAttention(16, Initializer.Zeros);
        const long Queries = 64, Keys = 16;

        ForwardTrace trace = Trace(() => layer.Forward(Tensor.Zeros([1, 16, 8, 8])));

        long convolutions = 2 * Queries * ((16 * 2) + (16 * 2) + (16 * 8) + (8 * 16));
        Assert.Equal(convolutions + (2 * Queries * Keys * 2) + (2 * Queries * Keys * 8), trace.Flops);
        Assert.Equal((2 * Queries * Keys * 2) + (2 * Queries * Keys * 8), trace.Layers[0].Flops);
        Assert.Equal(5, trace.Layers.Count);
        Assert.All(trace.Layers, traced => Assert.True(traced.IsAttention));
    }

    [Fact]
    public void Bytes_are_those_of_results_and_not_of_views()
    {
        using Scope scope = Scope.Open();
        using var layer = new Linear(4, 8, Initializer.Zeros);
        Tensor x = Tensor.Zeros([3, 4]);

        ForwardTrace trace = Trace(() => layer.Forward(x).Reshape(8, 3).Transpose(0, 1).Relu());

        Assert.Equal(2 * sizeof(float) * 3 * 8, trace.Bytes);
        Assert.Equal(2, trace.Calls);
    }

    [Fact]
    public void Nothing_is_watched_once_the_trace_ends()
    {
        using Scope scope = Scope.Open();
        using var layer = new Linear(4, 8, Initializer.Zeros);

        ForwardTrace trace = Trace(() => layer.Forward(Tensor.Zeros([3, 4])));
        layer.Forward(Tensor.Zeros([3, 4]));

        Assert.Null(ForwardTrace.Current);
        Assert.Null(Operator.Observer);
        Assert.Equal(2L * 3 * 4 * 8, trace.Flops);
    }

    private static ForwardTrace Trace(Action forward)
    {
        using var trace = ForwardTrace.Start();
        forward();
        return trace;
    }
}
