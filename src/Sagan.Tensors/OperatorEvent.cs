namespace Sagan.Tensors;

/// <summary>One call of an operator, or one node of a backward pass, in time.</summary>
/// <param name="Name">Mostly as libtorch says it: <c>aten::convolution</c>, <c>ConvolutionBackward0</c>. See <see cref="OperatorName"/>.</param>
/// <param name="Start">Nanoseconds of <see cref="OperatorRecording.Clock"/>.</param>
/// <param name="End">The same.</param>
/// <param name="Thread">libtorch's number of the thread that it ran on.</param>
/// <param name="Depth">How many recorded calls of its thread it lies in.</param>
internal readonly record struct OperatorEvent(string Name, long Start, long End, ulong Thread, int Depth)
{
    /// <summary>
    /// Number of the next node that its thread will add to the gradient graph: the last call with a number is the one that
    /// adds it. Of a node, its own. -1 where there is none.
    /// </summary>
    internal long Sequence { get; init; } = -1;

    /// <summary>Whether it is a node of the gradient graph; the operators that it calls are not.</summary>
    internal bool IsNode { get; init; }

    /// <summary>Of a node, the thread that added it.</summary>
    internal ulong ForwardThread { get; init; }

    /// <summary>Nanoseconds from start to end.</summary>
    internal long Duration => End - Start;
}
