using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Tests.Data;
using Sagan.Training;
using Sagan.Training.Scoring;

namespace Sagan.Tests.Training;

/// <summary>A small run that takes scores of itself by the features of the toybox.</summary>
internal sealed class ScoredRun : IDisposable
{
    /// <summary>Both sides in one pass, and one that needs every picture's features.</summary>
    internal static readonly TrainingConfig Plain = SmallRun.Plain with { Metrics = new ScoringConfig { Names = "fid40_sub,pr40_full" } };

    private readonly TemporaryFolder _folder = new();

    internal ScoredRun(TrainingConfig? config = null) => Files = new SmallRun(config ?? Plain);

    internal SmallRun Files { get; }

    internal RunDirectory Directory => Files.Directory;

    /// <summary>What the trainer told.</summary>
    internal List<ScoreReport> Reports { get; } = [];

    /// <summary>The times and names of the cards, without the extractor's.</summary>
    internal IEnumerable<(long Images, string Metric)> Cards => Read().Select(card => (card.Images!.Value, card.Metric.Split(':')[^1]));

    internal IReadOnlyList<MetricCard> Read() => File.Exists(Directory.MetricsFile) ? CardFile.Read(Directory.MetricsFile) : [];

    /// <summary>Trains from the beginning, or on from where the run stopped, until the clock reads that many images.</summary>
    /// <param name="until">Where to stop.</param>
    /// <param name="changed">Another configuration to go on with.</param>
    /// <param name="breaksOff">Whether the stop comes while scores are taken.</param>
    internal TrainingOutcome Run(long until = long.MaxValue, TrainingConfig? changed = null, bool breaksOff = false)
    {
        TrainingConfig config = changed ?? Files.Config;
        using var stop = new CancellationTokenSource();
        using Dataset dataset = config.Dataset.Open();
        using SnapshotScorer? scorer = SnapshotScorer.Open(config, dataset, Device.Cpu, new ReferenceCache(_folder.Cache));
        scorer?.Prepare();
        RunDirectory directory = RunDirectory.Open(Directory.Path);
        directory.RemoveLeftovers();
        using Trainer trainer = directory.NewestResumable() is null
            ? Trainer.Start(config, dataset, directory, Device.Cpu, scorer: scorer)
            : Trainer.Resume(config, dataset, directory, Device.Cpu, scorer);
        trainer.Scored += Reports.Add;
        trainer.Stepped += images =>
        {
            if (images < until)
                return;
            if (breaksOff)
                scorer!.Progress = new Stopping(stop);
            else
                stop.Cancel();
        };
        return trainer.Run(stop.Token);
    }

    public void Dispose()
    {
        Files.Dispose();
        _folder.Dispose();
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => stop.Cancel();
    }
}
