using System.Globalization;

namespace Sagan.Benchmarks;

/// <summary>What was measured of a training.</summary>
/// <param name="Workload">Of which.</param>
/// <param name="Seconds">Of each measured iteration, in order.</param>
/// <param name="Cpu">Seconds of the processor, an iteration.</param>
/// <param name="LoaderWait">Share of the time spent waiting for pictures, warm-up included.</param>
/// <param name="Warm">After the warm-up.</param>
/// <param name="End">After the last iteration.</param>
internal sealed record StepReport(Workload Workload, IReadOnlyList<double> Seconds, double Cpu, double LoaderWait, Footprint Warm, Footprint End)
{
    // A fifth at either end tells whether the cost of a step stays what it is.
    private int Fifth => Math.Max(Seconds.Count / 5, 1);

    /// <summary>One line of key=value, as the reference prints it too; memory in MiB.</summary>
    public override string ToString()
    {
        int batch = Workload.Config.BatchSize;
        Garbage garbage = End.Managed - Warm.Managed;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"batch={batch} images={batch * Workload.Config.DiscriminatorSteps} gflop={Workload.FlopsPerIteration() / 1e9:0.000} seconds={Median.Of(Seconds):0.00000} first={Median.Of(Seconds.Take(Fifth)):0.00000} last={Median.Of(Seconds.TakeLast(Fifth)):0.00000} cpu={Cpu:0.00000} peak={Mebi(End.Peak)} resident_warm={Mebi(Warm.Resident)} resident_end={Mebi(End.Resident)} live_warm={Warm.LiveTensors} live_end={End.LiveTensors} loader_wait={LoaderWait:0.0000} garbage={garbage.Bytes / 1024.0 / Seconds.Count:0.0} gen0={garbage.Young} gen1={garbage.Middle} gen2={garbage.Old} pause={garbage.Paused.TotalMilliseconds:0.0}");
    }

    private static long Mebi(long bytes) => bytes >> 20;
}
