namespace Sagan.Training.Profiling;

/// <summary>Where in an iteration the updates are, for whoever wants to know; each tells what begins now.</summary>
internal sealed class StepPhases
{
    /// <summary>Told of every phase that begins, which ends the one before; null for nobody.</summary>
    internal Action<StepPhase>? Began { get; set; }

    /// <summary>A phase begins.</summary>
    internal void Begin(StepPhase phase) => Began?.Invoke(phase);
}
