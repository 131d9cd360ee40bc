namespace Sagan.Training.Profiling;

/// <summary>What a phase takes of an iteration.</summary>
/// <param name="Phase">Which; null for what lies between them.</param>
/// <param name="Milliseconds">By the clock.</param>
/// <param name="InOperators">Of it, in libtorch's operators.</param>
internal sealed record PhaseTime(StepPhase? Phase, double Milliseconds, double InOperators);

/// <summary>What an operator takes of an iteration.</summary>
/// <param name="Name">Of the operator, or of the node of the backward pass.</param>
/// <param name="Calls">An iteration.</param>
/// <param name="Milliseconds">All calls together, without the operators that it calls itself.</param>
internal sealed record OperatorTime(string Name, double Calls, double Milliseconds);

/// <summary>What a layer takes of an iteration, in operators outside its parts.</summary>
/// <param name="Path">Its place, as <c>generator.block1.conv1</c>; empty for what belongs to no layer.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Passes">Forward passes of an iteration.</param>
/// <param name="Forward">Milliseconds of all of them.</param>
/// <param name="Backward">Milliseconds of the gradients that follow from them.</param>
internal sealed record LayerTime(string Path, string Kind, double Passes, double Forward, double Backward)
{
    internal double Milliseconds => Forward + Backward;
}
