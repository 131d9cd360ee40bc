namespace Sagan.Cli.Tests;

/// <summary>A run of two small networks, trained once for all tests that need one.</summary>
public sealed class TrainedRun : IDisposable
{
    internal const int LatentSize = 8;

    /// <summary>The smallest networks with attention, on forty pictures.</summary>
    internal const string Small =
        "--set model.generatorWidth=8 --set model.discriminatorWidth=8 --set model.latentSize=8 --set dataset.perClass=4 --batch 8 --threads 1";

    /// <summary>Trains.</summary>
    public TrainedRun() => Training = Program.Run($"train {Small} --images 64 --set tickImages=32");

    internal Program Program { get; } = new();

    internal Outcome Training { get; }

    /// <summary>The run directory, relative to the program's working directory.</summary>
    internal string Path { get; } = "runs/00000-tiny-toybox-b8";

    internal string Snapshot => Path + "/snapshots/snapshot-000000064.safetensors";

    /// <inheritdoc/>
    public void Dispose() => Program.Dispose();
}

/// <summary>The tests that share the run; they go one after the other.</summary>
[CollectionDefinition(nameof(TrainedRun))]
public sealed class TrainedRunGroup : ICollectionFixture<TrainedRun>;
