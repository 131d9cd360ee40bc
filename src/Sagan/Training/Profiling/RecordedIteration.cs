using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Training.Profiling;

/// <summary>What one iteration did and when, as it was told.</summary>
/// <param name="Start">Nanoseconds of the operators' clock.</param>
/// <param name="End">The same.</param>
/// <param name="Thread">libtorch's number of the thread that trains.</param>
/// <param name="Operators">In the order of their beginning.</param>
/// <param name="Layers">Forward passes, in the order of their beginning: a layer before its parts.</param>
/// <param name="Phases">One after the other.</param>
internal sealed record RecordedIteration(
    long Start, long End, ulong Thread, IReadOnlyList<OperatorEvent> Operators, IReadOnlyList<LayerSpan> Layers, IReadOnlyList<PhaseSpan> Phases);
