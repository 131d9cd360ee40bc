using Sagan.Layers.Tracing;
using Sagan.Tensors;

namespace Sagan.Training.Profiling;

/// <summary>Records one iteration until disposed: its operators, the layers' forward passes, and the phases, all by one clock.</summary>
internal sealed class IterationRecording : IDisposable
{
    private readonly LayerRecording _layers = new();
    private readonly StepPhases _phases;
    private readonly Device _device;
    private readonly Action<RecordedIteration> _finished;
    private readonly List<PhaseSpan> _spans = [];
    private readonly long _start;
    private StepPhase? _phase;                               // that runs; null before the first
    private long _phaseStart;

    /// <param name="phases">Of the steps.</param>
    /// <param name="device">Waited for wherever a phase begins: a GPU works on long after its operators were called.</param>
    /// <param name="finished">Takes what was recorded.</param>
    internal IterationRecording(StepPhases phases, Device device, Action<RecordedIteration> finished)
    {
        _phases = phases;
        _device = device;
        _finished = finished;
        device.Synchronize();
        OperatorRecording.Start();
        phases.Began = Begin;
        _start = OperatorRecording.Clock;
    }

    public void Dispose()
    {
        // This is the way out of errors, too, when a broken device may not answer: no observer stays behind.
        _phases.Began = null;
        _layers.Dispose();
        long end;
        OperatorEvent[] operators;
        ulong thread;
        try
        {
            _device.Synchronize();
            end = OperatorRecording.Clock;
        }
        finally
        {
            operators = OperatorRecording.Stop(out thread);
        }

        EndPhase(end);
        _finished(new RecordedIteration(_start, end, thread, operators, _layers.Spans, _spans));
    }

    private void Begin(StepPhase phase)
    {
        _device.Synchronize();
        long now = OperatorRecording.Clock;
        EndPhase(now);
        (_phase, _phaseStart) = (phase, now);
    }

    private void EndPhase(long now)
    {
        if (_phase is { } ended)
            _spans.Add(new PhaseSpan(ended, _phaseStart, now));
    }
}
