using System.Globalization;
using Sagan.Tensors;

namespace Sagan.Training.Profiling;

/// <summary>Measures a few iterations of a run, after some that only warm it up.</summary>
/// <param name="config">Of the run.</param>
/// <param name="phases">Of its steps.</param>
/// <param name="device">Where it works.</param>
internal sealed class StepProfiler(TrainingConfig config, StepPhases phases, Device device)
{
    private readonly List<RecordedIteration> _iterations = [];
    private int _passed;

    /// <summary>Whether all iterations are measured that should be.</summary>
    internal bool IsComplete => _iterations.Count == StepProfile.Measured;

    /// <summary>What the next iteration is to run in; null where it is not measured.</summary>
    internal IDisposable? Measure() =>
        _passed++ < StepProfile.WarmUp ? null : new IterationRecording(phases, device, _iterations.Add);

    /// <summary>What was measured so far; null for nothing.</summary>
    internal StepProfile? Take() => _iterations.Count == 0 ? null : new StepProfile(Setting(), device.Kind != DeviceKind.Cpu, _iterations);

    private string Setting() => string.Create(
        CultureInfo.InvariantCulture,
        $"{config.Recipe}, batch {config.BatchSize}, {device}, {Torch.Threads} threads, libtorch {Torch.Version}; {_iterations.Count} iterations after {StepProfile.WarmUp}");
}
