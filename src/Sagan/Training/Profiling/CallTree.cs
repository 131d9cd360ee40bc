using Sagan.Layers;
using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Training.Profiling;

/// <summary>Finds out of which call, layer and pass every operator is part.</summary>
/// <remarks>
/// Forward, an operator belongs to the layer that was running. A node of the backward pass belongs to the layer of the
/// operator that added it to the graph: the last one before it with the node's number and thread, as in PyTorch's own profiler.
/// </remarks>
internal static class CallTree
{
    // The engine takes a node, runs it, and adds up what flows on: a stretch around each node, under this name.
    private const string EngineStretch = "autograd::engine::evaluate_function";

    /// <summary>The calls of an iteration, in the order of their beginning.</summary>
    internal static IReadOnlyList<OperatorCall> Of(RecordedIteration iteration)
    {
        var calls = new List<OperatorCall>(iteration.Operators.Count);
        var open = new Dictionary<ulong, Stack<OperatorCall>>();
        var adders = new Dictionary<(ulong Thread, long Sequence), OperatorCall>();
        var layers = new LayerCursor(iteration.Layers);
        foreach (OperatorEvent told in iteration.Operators)
        {
            if (!open.TryGetValue(told.Thread, out Stack<OperatorCall>? callers))
                open[told.Thread] = callers = [];
            OperatorCall call = Nest(told, callers);
            Module? running = told.Thread == iteration.Thread ? layers.At(told.Start) : null;
            Place(call, running, adders);
            if (!told.IsNode && told.Sequence >= 0)
                adders[(told.Thread, told.Sequence)] = call;
            calls.Add(call);
        }

        return calls;
    }

    private static OperatorCall Nest(OperatorEvent told, Stack<OperatorCall> callers)
    {
        while (callers.TryPeek(out OperatorCall? last) && last.Event.Depth >= told.Depth)
            callers.Pop();
        callers.TryPeek(out OperatorCall? caller);
        if (caller is not null)
            caller.Self -= told.Duration;
        var call = new OperatorCall(told, caller);
        callers.Push(call);
        return call;
    }

    private static void Place(OperatorCall call, Module? running, Dictionary<(ulong Thread, long Sequence), OperatorCall> adders)
    {
        OperatorEvent told = call.Event;
        if (told.IsNode)
        {
            call.IsBackward = true;
            call.Layer = adders.GetValueOrDefault((told.ForwardThread, told.Sequence))?.Layer;
            if (call.Caller is { } stretch)
                stretch.Layer ??= call.Layer;
        }
        else if (call.Caller is { } caller)
        {
            call.IsBackward = caller.IsBackward;
            call.Layer = caller.Layer;
        }
        else
        {
            call.IsBackward = told.Name.StartsWith(EngineStretch, StringComparison.Ordinal);
            call.Layer = running;
        }
    }

    /// <summary>Goes along the layers' passes as time goes on.</summary>
    private sealed class LayerCursor(IReadOnlyList<LayerSpan> spans)
    {
        private readonly Stack<LayerSpan> _running = [];
        private int _next;

        /// <summary>The innermost layer that runs at a time no earlier than that of the last call.</summary>
        internal Module? At(long time)
        {
            for (; _next < spans.Count && spans[_next].Start <= time; _next++)
            {
                Leave(spans[_next].Start);
                _running.Push(spans[_next]);
            }

            Leave(time);
            return _running.TryPeek(out LayerSpan? innermost) ? innermost.Module : null;
        }

        private void Leave(long time)
        {
            while (_running.TryPeek(out LayerSpan? last) && last.End <= time)
                _running.Pop();
        }
    }
}
