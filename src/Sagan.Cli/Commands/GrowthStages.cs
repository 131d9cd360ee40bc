using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Growing;

namespace Sagan.Cli.Commands;

/// <summary>Goes through the stages of a growing GAN, one run after the other.</summary>
/// <param name="device">Where to train.</param>
/// <param name="quiet">Whether standard output is for programs.</param>
internal sealed class GrowthStages(Device device, bool quiet)
{
    private readonly List<string> _runs = [];

    /// <summary>The runs gone through, first to last.</summary>
    internal IReadOnlyList<string> Runs => _runs;

    /// <summary>Trains from a stage on to the last; stages that are finished are passed by.</summary>
    /// <param name="root">Where new runs go.</param>
    /// <param name="config">Of the stage to begin with.</param>
    /// <param name="run">The run to begin with; null: a new one.</param>
    internal TrainingOutcome Run(string root, TrainingConfig config, RunDirectory? run)
    {
        using var interrupts = new Interrupts();
        RunDirectory? former = run is null ? null : GrowthChain.Former(run);
        for (TrainingConfig? stage = config; stage is not null;)
        {
            (run, TrainingOutcome outcome) = Train(root, stage, run, former, interrupts.Token);
            if (outcome != TrainingOutcome.Finished)
                return outcome;
            stage = GrowthChain.After(stage);
            former = run;
            run = GrowthChain.Successor(run);

            // A stage that somebody changed on resuming it goes on with its changes.
            if (run is not null)
                stage = ConfigJson.Read(File.ReadAllText(run.ConfigFile));
        }

        return TrainingOutcome.Finished;
    }

    private (RunDirectory Run, TrainingOutcome Outcome) Train(string root, TrainingConfig config, RunDirectory? existing, RunDirectory? former, CancellationToken stop)
    {
        if (existing is not null && GrowthChain.IsFinished(existing, config))
        {
            _runs.Add(existing.Path);
            return (existing, TrainingOutcome.Finished);
        }

        using Dataset dataset = DataView.WithProgress(progress => config.Dataset.Open(progress));
        using SnapshotScorer? scorer = ScoreView.Open(config, dataset, device, stop);
        RunDirectory run = existing ?? Create(root, config, dataset, former);
        _runs.Add(run.Path);
        using IDisposable held = run.Hold();
        run.RemoveLeftovers();
        using var view = new TrainingView(run.LogFile, config.TotalImages, quiet);
        view.Follow(scorer);
        Trainer Resume() => Trainer.Resume(config, dataset, run, device, scorer);
        using var session = new TrainingSession(view, () => run.NewestResumable() is null ? Start(config, dataset, run, former, scorer) : Resume(), Resume);

        GrowingGanConfig model = (GrowingGanConfig)config.Model;
        view.Print($"Stage {GrowthChain.Place(config) + 1} of {model.Stages.Count}      {dataset.Width}x{dataset.Height}, {ImageCount.Print(config.TotalImages)} pictures in {run.Path}"
            + (former is null ? "" : $", grown from {Path.GetFileName(former.Path)}"));
        view.Print($"Networks        generator {session.Trainer.Gan.Generator.ParameterCount:n0} parameters, discriminator {session.Trainer.Gan.Discriminator.ParameterCount:n0}; on {device}, {Torch.Threads} threads");
        if (session.Trainer.Images > 0)
            view.Print($"Continuing at   {session.Trainer.Images} images");
        TrainingOutcome outcome = session.Run(stop);
        view.PrintScores(run);
        view.Print($"Look at         {run.SamplesFile(session.Trainer.Images)}");
        view.Print("");
        return (run, outcome);
    }

    private static RunDirectory Create(string root, TrainingConfig config, Dataset dataset, RunDirectory? former)
    {
        RunDirectory run = RunDirectory.Create(root, TrainCommand.RunName(config, dataset, $"r{dataset.Width}"));
        run.WriteConfig(ConfigJson.Write(config));
        if (former is not null)
            GrowthChain.Link(run, former);
        return run;
    }

    // A run that was killed before its first snapshot begins again.
    private Trainer Start(TrainingConfig config, Dataset dataset, RunDirectory run, RunDirectory? former, SnapshotScorer? scorer)
    {
        File.Delete(run.EventsFile);
        return former is null
            ? Trainer.Start(config, dataset, run, device, scorer: scorer)
            : Trainer.Start(config, dataset, run, device, Snapshot.Open(former.NewestSnapshot()), grows: true, scorer);
    }
}
