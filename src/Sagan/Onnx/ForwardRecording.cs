using Sagan.Layers.Tracing;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Tensors.Native;

namespace Sagan.Onnx;

/// <summary>The calls of one forward pass whose results depend on its inputs, in order.</summary>
/// <remarks>
/// What depends on parameters alone (normalised weights, their power iterations, blends of growing networks) is computed
/// by the pass itself and recorded as a constant: a graph for evaluation has no use for how it came about. So would be
/// what an operator with several results, or one that works in place, made of an input: nobody is told of those.
/// <see cref="TracedGraph"/> finds them out.
/// </remarks>
internal sealed class ForwardRecording
{
    private readonly Dictionary<Tensor, TracedValue> _values = new(ReferenceEqualityComparer.Instance);
    private readonly List<TracedCall> _calls = [];
    private ForwardTrace? _trace;                            // while the pass runs

    private ForwardRecording()
    {
    }

    /// <summary>The calls.</summary>
    internal IReadOnlyList<TracedCall> Calls => _calls;

    /// <summary>The inputs, in the order in which they were given; null where null was given.</summary>
    internal IReadOnlyList<TracedValue?> Inputs { get; private init; } = [];

    /// <summary>What came of it.</summary>
    internal IReadOnlyList<TracedValue> Outputs { get; private set; } = [];

    /// <summary>Runs a forward pass and records it.</summary>
    /// <param name="inputs">What the results may depend on; a null is an input that the network does not have.</param>
    /// <param name="forward">The pass, from inputs to outputs.</param>
    internal static ForwardRecording Of(IReadOnlyList<Tensor?> inputs, Func<IReadOnlyList<Tensor?>, IReadOnlyList<Tensor>> forward)
    {
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        var traced = new TracedValue?[inputs.Count];
        var recording = new ForwardRecording { Inputs = traced };
        for (int i = 0; i < traced.Length; i++)
        {
            if (inputs[i] is { } input)
                recording._values[input] = traced[i] = new TracedValue(input.DType, input.Shape.ToArray(), null);
        }

        using (recording._trace = ForwardTrace.Start(recording.Observe))
            recording.Outputs = [.. forward(inputs).Select(recording.Made)];
        return recording;
    }

    private TracedValue Made(Tensor output) => _values.GetValueOrDefault(output)
        ?? throw new OnnxException("the network's output", "does not depend on its inputs");

    private void Observe(Operator called, ReadOnlySpan<Value> arguments, Tensor result)
    {
        if (!DependsOnInputs(arguments))
            return;
        object?[] traced = new object?[arguments.Length];
        for (int i = 0; i < traced.Length; i++)
            traced[i] = Trace(arguments[i]);
        TracedValue value = _values[result] = new TracedValue(result.DType, result.Shape.ToArray(), null);
        _calls.Add(new TracedCall(called.Name, _trace!.Place, traced, value));
    }

    private bool DependsOnInputs(ReadOnlySpan<Value> arguments)
    {
        foreach (Value argument in arguments)
        {
            if (argument.Reference is Tensor tensor ? IsMade(tensor) : argument.Reference is Tensor?[] list && list.Any(IsMade))
                return true;
        }

        return false;
    }

    private bool IsMade(Tensor? tensor) => tensor is not null && _values.TryGetValue(tensor, out TracedValue? value) && value.Constant is null;

    private object? Trace(Value value) => value.Tag switch
    {
        NativeTag.Integer => value.Bits,
        NativeTag.Real => BitConverter.Int64BitsToDouble(value.Bits),
        NativeTag.Boolean => value.Bits != 0,
        _ => value.Reference switch
        {
            Tensor tensor => Trace(tensor),
            Tensor?[] list => list.Select(tensor => Trace(tensor!)).ToArray(),
            Array list => list,
            _ => null,
        },
    };

    private TracedValue Trace(Tensor tensor)
    {
        if (_values.TryGetValue(tensor, out TracedValue? known))
            return known;
        byte[] bytes = new byte[tensor.Count * tensor.DType.Size()];
        tensor.CopyBytesTo(bytes);
        return _values[tensor] = new TracedValue(tensor.DType, tensor.Shape.ToArray(), new HostArray(tensor.DType, tensor.Shape, bytes));
    }
}
