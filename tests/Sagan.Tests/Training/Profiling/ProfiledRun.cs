using Sagan.Data;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Profiling;

namespace Sagan.Tests.Training.Profiling;

/// <summary>A small run of sixteen iterations that was profiled: five of them, from the eleventh on.</summary>
public sealed class ProfiledRun : IDisposable
{
    internal static readonly TrainingConfig Plain = SmallRun.Plain with { TotalImages = 128, TickImages = 64, SnapshotImages = 64 };

    private readonly List<StepProfile> _profiles = [];

    /// <summary>Trains to the end.</summary>
    public ProfiledRun()
        : this(Plain)
    {
    }

    internal ProfiledRun(TrainingConfig config, long stopAfter = long.MaxValue)
    {
        Files = new SmallRun(config);
        using Dataset dataset = config.Dataset.Open();
        using Trainer trainer = Trainer.Start(config, dataset, Files.Directory, Device.Cpu);
        using var stop = new CancellationTokenSource();
        trainer.Stepped += images =>
        {
            if (images >= stopAfter)
                stop.Cancel();
        };
        trainer.Profiled += _profiles.Add;
        trainer.Profile();
        trainer.Run(stop.Token);
    }

    internal SmallRun Files { get; }

    internal RunDirectory Directory => Files.Directory;

    /// <summary>What the trainer told of.</summary>
    internal IReadOnlyList<StepProfile> Profiles => _profiles;

    internal StepProfile Profile => Assert.Single(_profiles);

    /// <summary>All calls of the first iteration that was measured.</summary>
    internal IReadOnlyList<OperatorCall> Calls => Profile.Recorded.First().Calls;

    public void Dispose() => Files.Dispose();
}
