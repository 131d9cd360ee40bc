namespace Sagan.Training.Profiling;

/// <summary>A phase of an iteration in time.</summary>
/// <param name="Phase">Which.</param>
/// <param name="Start">Nanoseconds of the operators' clock.</param>
/// <param name="End">The same: where the next one starts.</param>
internal readonly record struct PhaseSpan(StepPhase Phase, long Start, long End);
