using Sagan.Data;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Tensors.Files;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>A run of a few seconds in a folder of its own: 8 channels, 32x32, forty toys, on the processor.</summary>
internal sealed class SmallRun : IDisposable
{
    private readonly DirectoryInfo _root = System.IO.Directory.CreateTempSubdirectory("sagan-run-");
    private readonly int _threads = Torch.Threads;

    internal SmallRun(TrainingConfig? config = null)
    {
        // Networks this small are quickest on one thread, and do not wait for the machine's other work.
        Torch.Threads = 1;
        Config = config ?? Plain;
        Directory = RunDirectory.Create(_root.FullName, "small");
        Directory.WriteConfig(ConfigJson.Write(Config));
    }

    /// <summary>Six iterations of one update each, with two snapshots on the way.</summary>
    internal static TrainingConfig Plain { get; } = new()
    {
        Recipe = "small",
        Model = new SelfAttentionGanConfig { LatentSize = 8, GeneratorWidth = 8, DiscriminatorWidth = 8 },
        Dataset = new ToyboxConfig { PerClass = 4 },
        TotalImages = 48,
        BatchSize = 8,
        Ema = new EmaConfig { HalfLifeImages = 50 },
        TickImages = 16,
        SnapshotImages = 16,
        Keep = new KeepPolicy { Last = 100 },
    };

    /// <summary>The shape of its pictures.</summary>
    internal static ImageSpec Images { get; } = new(3, 32, 10);

    internal TrainingConfig Config { get; }

    internal RunDirectory Directory { get; }

    /// <summary>Trains from the beginning.</summary>
    /// <param name="after">Called after every iteration with the clock.</param>
    internal TrainingOutcome Start(Action<long>? after = null, CancellationToken stop = default) =>
        Train(Config, dataset => Trainer.Start(Config, dataset, Directory, Device.Cpu), after, stop);

    /// <summary>Continues, as another process would.</summary>
    internal TrainingOutcome Resume(Action<long>? after = null, TrainingConfig? changed = null, CancellationToken stop = default)
    {
        RunDirectory directory = RunDirectory.Open(Directory.Path);
        directory.RemoveLeftovers();
        TrainingConfig config = changed ?? Config;
        return Train(config, dataset => Trainer.Resume(config, dataset, directory, Device.Cpu), after, stop);
    }

    /// <summary>Trains from the beginning, or continues, until the clock reads that many images.</summary>
    internal TrainingOutcome RunUntil(long images)
    {
        using var source = new CancellationTokenSource();
        Action<long> cancel = clock =>
        {
            if (clock >= images)
                source.Cancel();
        };
        return Directory.NewestResumable() is null ? Start(cancel, source.Token) : Resume(cancel, stop: source.Token);
    }

    /// <summary>Every tensor of the snapshots and states of a time, and the sample grids, are the same bytes.</summary>
    internal static void AssertSameAt(long images, SmallRun expected, SmallRun actual)
    {
        AssertSameTensors(expected.Directory.SnapshotFile(images), actual.Directory.SnapshotFile(images));
        AssertSameTensors(expected.Directory.StateFile(images), actual.Directory.StateFile(images));
        Assert.Equal(File.ReadAllBytes(expected.Directory.SamplesFile(images)), File.ReadAllBytes(actual.Directory.SamplesFile(images)));
    }

    /// <summary>Every tensor of the snapshots and states of a time is the same bytes, whatever their configurations say.</summary>
    internal static void AssertSameNetworksAt(long images, SmallRun expected, SmallRun actual)
    {
        AssertSameTensors(expected.Directory.SnapshotFile(images), actual.Directory.SnapshotFile(images), metadata: false);
        AssertSameTensors(expected.Directory.StateFile(images), actual.Directory.StateFile(images), metadata: false);
    }

    public void Dispose()
    {
        Torch.Threads = _threads;
        _root.Delete(recursive: true);
    }

    private static void AssertSameTensors(string expected, string actual, bool metadata = true)
    {
        using SafetensorsFile left = SafetensorsFile.Open(expected);
        using SafetensorsFile right = SafetensorsFile.Open(actual);
        Assert.Equal(left.Names, right.Names);
        if (metadata)
            Assert.Equal(left.Metadata, right.Metadata);

        string[] different = [.. left.Names.Where(name => !left[name].Shape.SequenceEqual(right[name].Shape) || !left[name].Bytes.SequenceEqual(right[name].Bytes))];
        Assert.Empty(different);
    }

    private static TrainingOutcome Train(TrainingConfig config, Func<Dataset, Trainer> open, Action<long>? after, CancellationToken stop)
    {
        using Dataset dataset = config.Dataset.Open();
        using Trainer trainer = open(dataset);
        if (after is not null)
            trainer.Stepped += after;
        return trainer.Run(stop);
    }
}
