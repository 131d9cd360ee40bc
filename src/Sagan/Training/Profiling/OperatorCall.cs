using Sagan.Layers;
using Sagan.Tensors;

namespace Sagan.Training.Profiling;

/// <summary>An operator's call with its place: in which other call, layer and pass.</summary>
/// <param name="told">As it was recorded.</param>
/// <param name="caller">The call that it is part of; null for none.</param>
internal sealed class OperatorCall(OperatorEvent told, OperatorCall? caller)
{
    internal OperatorEvent Event { get; } = told;

    internal OperatorCall? Caller { get; } = caller;

    /// <summary>Nanoseconds outside the calls that are part of it.</summary>
    internal long Self { get; set; } = told.Duration;

    /// <summary>The innermost layer in whose forward pass it ran, or for whose operator it goes backward; null outside layers.</summary>
    internal Module? Layer { get; set; }

    /// <summary>Whether it is part of a backward pass.</summary>
    internal bool IsBackward { get; set; }
}
