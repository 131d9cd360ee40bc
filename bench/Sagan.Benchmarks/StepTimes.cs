using System.Diagnostics;
using Sagan.Data;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Benchmarks;

/// <summary>Times iterations of the real training loop, upkeep of every step included, snapshots and grids left out.</summary>
/// <param name="warmUp">Iterations before the measured ones, at least one.</param>
/// <param name="steps">Measured iterations.</param>
internal sealed class StepTimes(int warmUp, int steps)
{
    private readonly List<double> _seconds = [];
    private long _last;
    private TimeSpan _busy;
    private Footprint _warm, _end;

    internal StepReport Measure(Workload workload, Dataset pictures, Device device)
    {
        TrainingConfig config = workload.Config;
        long images = (long)(warmUp + steps) * config.DiscriminatorSteps * config.BatchSize;
        config = config with { TotalImages = images, TickImages = images, SnapshotImages = images };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sagan-benchmark-");
        try
        {
            double wait = 0;
            using Trainer trainer = Trainer.Start(config, pictures, RunDirectory.Create(folder.FullName, "benchmark"), device);
            trainer.Stepped += _ => Observe(device);
            trainer.Ticked += tick => wait = tick.DataWait;
            _last = Stopwatch.GetTimestamp();
            trainer.Run();
            return new StepReport(workload, _seconds[warmUp..], _busy.TotalSeconds / steps, wait, _warm, _end);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Observe(Device device)
    {
        if (device.Kind != DeviceKind.Cpu)
            device.Synchronize();
        _seconds.Add(Stopwatch.GetElapsedTime(_last).TotalSeconds);
        if (_seconds.Count == warmUp)
        {
            _warm = Footprint.Now(device);
            _busy = Environment.CpuUsage.TotalTime;
        }

        if (_seconds.Count == warmUp + steps)
        {
            _end = Footprint.Now(device);
            _busy = Environment.CpuUsage.TotalTime - _busy;
        }

        _last = Stopwatch.GetTimestamp();
    }
}
