using Sagan.Layers;
using Sagan.Layers.Tracing;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Tests.Training.Profiling;

/// <summary>What one recording leaves behind.</summary>
public sealed class IterationRecordingTests
{
    [Fact]
    public void An_error_in_the_middle_of_a_layer_leaves_no_observer_behind()
    {
        var phases = new StepPhases();
        RecordedIteration? told = null;

        Assert.Throws<ShapeException>(() =>
        {
            using var recording = new IterationRecording(phases, Device.Cpu, iteration => told = iteration);
            using var scope = Scope.Open();
            using var layer = new Conv2d(3, 4, 3, Initializer.Zeros);
            phases.Begin(StepPhase.Load);
            layer.Forward(Tensor.Zeros([1, 2, 8, 8]));
        });

        Assert.Null(phases.Began);
        Assert.Null(ForwardWatcher.Current);
        Assert.Throws<TorchException>(() => OperatorRecording.Stop(out _));
        Assert.Equal(StepPhase.Load, Assert.Single(told!.Phases).Phase);
        Assert.Equal(0, Assert.Single(told.Layers).End);
        Assert.Equal(told.Operators.Count, CallTree.Of(told).Count);
    }

    [Fact]
    public void A_layer_that_runs_when_nothing_is_recorded_is_not_told_of()
    {
        using var scope = Scope.Open();
        using var layer = new Conv2d(3, 4, 1, Initializer.Zeros);
        RecordedIteration? told = null;

        layer.Forward(Tensor.Zeros([1, 3, 2, 2]));
        new IterationRecording(new StepPhases(), Device.Cpu, iteration => told = iteration).Dispose();
        layer.Forward(Tensor.Zeros([1, 3, 2, 2]));

        Assert.Empty(told!.Layers);
        Assert.Empty(told.Operators);
        Assert.Empty(told.Phases);
    }
}
