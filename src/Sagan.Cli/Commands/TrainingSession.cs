using Sagan.Cli.Console;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary>One run in training, seen by the user: where it goes back after a collapse, it is resumed from there.</summary>
/// <param name="view">Shows it.</param>
/// <param name="start">Starts or resumes it for the first time.</param>
/// <param name="resume">Resumes it where it went back.</param>
internal sealed class TrainingSession(TrainingView view, Func<Trainer> start, Func<Trainer> resume) : IDisposable
{
    /// <summary>The trainer at work; another one after the run went back.</summary>
    internal Trainer Trainer { get; private set; } = start();

    /// <summary>Trains to the end, a stop, or a collapse that is not answered by going back.</summary>
    internal TrainingOutcome Run(CancellationToken stop)
    {
        TrainingOutcome outcome = view.Watch(Trainer, () => Trainer.Run(stop));
        while (outcome == TrainingOutcome.RolledBack)
        {
            Trainer.Dispose();
            Trainer = resume();
            view.Print($"Went back to the snapshot at {Trainer.Images} images; going on from there with other draws");
            outcome = view.Watch(Trainer, () => Trainer.Run(stop));
        }

        return outcome;
    }

    /// <summary>What the process ends with.</summary>
    internal static int ExitCode(TrainingOutcome outcome) => outcome switch
    {
        TrainingOutcome.Finished => 0,
        TrainingOutcome.Collapsed => Failure.Failed,
        _ => Failure.Interrupted,
    };

    public void Dispose() => Trainer.Dispose();
}
