using System.Globalization;

namespace Sagan.Benchmarks;

/// <summary>What was measured of a training.</summary>
/// <param name="Batch">Pictures of one update.</param>
/// <param name="Seconds">Median of an iteration.</param>
/// <param name="LoaderWait">Share of the time spent waiting for pictures, warm-up included.</param>
/// <param name="Warm">After the warm-up.</param>
/// <param name="End">After the last iteration.</param>
internal sealed record StepReport(int Batch, double Seconds, double LoaderWait, Footprint Warm, Footprint End)
{
    /// <summary>One line of key=value, as the reference prints it too; memory in MiB.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"batch={Batch} seconds={Seconds:0.00000} peak={Mebi(End.Peak)} resident_warm={Mebi(Warm.Resident)} resident_end={Mebi(End.Resident)} live_warm={Warm.LiveTensors} live_end={End.LiveTensors} loader_wait={LoaderWait:0.0000}");

    private static long Mebi(long bytes) => bytes >> 20;
}
