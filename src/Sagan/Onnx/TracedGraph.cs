using Sagan.Tensors;

namespace Sagan.Onnx;

/// <summary>What a network computes, for any number of pictures: two recordings of different batches laid over each other.</summary>
/// <remarks>
/// What differs between the recordings of a batch of <see cref="FirstBatch"/> and one of <see cref="SecondBatch"/> can only
/// be the batch's size; anything else that differs is a computation that a fixed graph cannot have, and is refused.
/// </remarks>
internal sealed class TracedGraph
{
    private const int FirstBatch = 2;
    private const int SecondBatch = 3;

    private readonly Dictionary<TracedValue, TracedValue> _values = new(ReferenceEqualityComparer.Instance);

    private TracedGraph(ForwardRecording first, ForwardRecording second)
    {
        if (first.Calls.Count != second.Calls.Count)
            throw new OnnxException("the network", "computes in another way when the batch has another size");
        Inputs = [.. first.Inputs.Zip(second.Inputs, (one, other) => one is null ? null : Merge(one, other!))];
        Calls = [.. first.Calls.Zip(second.Calls, Merge)];
        Outputs = [.. first.Outputs.Select(output => _values[output])];
    }

    /// <summary>The inputs, in the order in which they were given; null for one that the network does not have.</summary>
    internal IReadOnlyList<TracedValue?> Inputs { get; }

    /// <summary>The calls, in order.</summary>
    internal IReadOnlyList<TracedCall> Calls { get; }

    /// <summary>The results.</summary>
    internal IReadOnlyList<TracedValue> Outputs { get; }

    /// <summary>Whether anything is computed from a value.</summary>
    internal bool Reads(TracedValue value) => Calls.Any(call => call.Arguments.Any(argument =>
        ReferenceEquals(argument, value) || (argument is TracedValue[] list && list.Contains(value, ReferenceEqualityComparer.Instance))));

    /// <summary>Records a network.</summary>
    /// <param name="inputs">Makes inputs for a batch of some size, other ones each time.</param>
    /// <param name="forward">The pass, from inputs to outputs.</param>
    internal static TracedGraph Of(Func<int, IReadOnlyList<Tensor?>> inputs, Func<IReadOnlyList<Tensor?>, IReadOnlyList<Tensor>> forward)
    {
        using Scope scope = Scope.Open();
        ForwardRecording first = ForwardRecording.Of(inputs(FirstBatch), forward);
        return new TracedGraph(first, ForwardRecording.Of(inputs(SecondBatch), forward));
    }

    private TracedCall Merge(TracedCall first, TracedCall second)
    {
        if (first.Operator != second.Operator || first.Layer != second.Layer)
            throw first.Refusal("is not called when the batch has another size");
        object?[] arguments = new object?[first.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = Merge(first, first.Arguments[i], second.Arguments[i]);
        return first with { Arguments = arguments, Result = Merge(first.Result, second.Result) };
    }

    private object? Merge(TracedCall call, object? first, object? second) => (first, second) switch
    {
        (TracedValue one, TracedValue other) => Merge(one, other),
        (TracedValue[] some, TracedValue[] others) => some.Zip(others, Merge).ToArray(),
        (long[] some, long[] others) => Sizes(some, others) ?? throw Unequal(call),
        (long one, long other) => Size(one, other) ?? throw Unequal(call),
        (Array, Array) => first,
        _ => Equals(first, second) ? first : throw Unequal(call),
    };

    private TracedValue Merge(TracedValue first, TracedValue second)
    {
        if (_values.TryGetValue(first, out TracedValue? known))
            return known;
        if (first.Constant is { } constant && !(second.Constant is { } other && constant.Bytes.SequenceEqual(other.Bytes)))
            throw new OnnxException("the network", "has a value that depends on the input through an operator that is not watched");
        long[] shape = Sizes([.. first.Shape], [.. second.Shape])
            ?? throw new OnnxException("the network", "has a map whose size depends on the batch's otherwise than by being it");
        return _values[first] = new TracedValue(first.Type, shape, first.Constant);
    }

    private static long[]? Sizes(long[] first, long[] second)
    {
        if (first.Length != second.Length)
            return null;
        long?[] sizes = [.. first.Zip(second, Size)];
        return sizes.Contains(null) ? null : [.. sizes.Select(size => size!.Value)];
    }

    private static long? Size(long first, long second) =>
        first == second ? first : first == FirstBatch && second == SecondBatch ? TracedValue.BatchSize : null;

    private static OnnxException Unequal(TracedCall call) => call.Refusal("has an argument that depends on the batch otherwise than by being its size");
}
