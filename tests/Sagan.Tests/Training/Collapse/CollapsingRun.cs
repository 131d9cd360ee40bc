using Sagan.Data;
using Sagan.Layers;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Best;
using Sagan.Training.Collapse;

namespace Sagan.Tests.Training.Collapse;

/// <summary>A small run whose generator can be made to draw one flat picture, or numbers that are none, at a given time.</summary>
internal sealed class CollapsingRun : IDisposable
{
    private readonly SmallRun _run;
    private readonly long _breakAt;
    private readonly double _bias;

    /// <param name="action">What the run does then.</param>
    /// <param name="breakAt">The clock at which the generator breaks, each time the run comes there.</param>
    /// <param name="bias">Put on its last layer: 100 draws white and gives no gradient, NaN breaks the losses.</param>
    internal CollapsingRun(CollapseAction action, long breakAt = 40, double bias = 100)
        : this(Config(action), breakAt, bias)
    {
    }

    /// <param name="config">Of another run than <see cref="Config"/>.</param>
    /// <param name="breakAt">The clock at which the generator breaks.</param>
    /// <param name="bias">Put on its last layer.</param>
    internal CollapsingRun(TrainingConfig config, long breakAt = 40, double bias = 100)
    {
        _breakAt = breakAt;
        _bias = bias;
        _run = new SmallRun(config);
    }

    internal SmallRun Files => _run;

    internal List<CollapseWarning> Warnings { get; } = [];

    /// <summary>Whether the generator breaks again after the run went back.</summary>
    internal bool BreaksAgain { get; init; }

    internal static TrainingConfig Config(CollapseAction action) => SmallRun.Plain with
    {
        Ema = null,
        TotalImages = 96,
        Keep = new KeepPolicy { Last = 1, Best = new DiversityMetric() },
        Collapse = new CollapseConfig { Action = action, PatienceUpdates = 0, LeastDiversity = 1e-4, DiversityFall = 0.01, SigmaGrowth = 1e9 },
    };

    /// <summary>Trains, or continues, without going on after a rollback.</summary>
    internal TrainingOutcome Once(TrainingConfig? changed = null, long stopAt = long.MaxValue)
    {
        TrainingConfig config = changed ?? _run.Config;
        using var stop = new CancellationTokenSource();
        using Dataset dataset = config.Dataset.Open();
        using Trainer trainer = _run.Directory.NewestResumable() is null
            ? Trainer.Start(config, dataset, _run.Directory, Device.Cpu)
            : Trainer.Resume(config, dataset, _run.Directory, Device.Cpu);
        trainer.Warned += Warnings.Add;
        trainer.Stepped += images =>
        {
            if (images == _breakAt && (BreaksAgain || !File.Exists(_run.Directory.AbandonedEventsFile(1))))
                Break(trainer.Gan.Generator);
            if (images >= stopAt)
                stop.Cancel();
        };
        return trainer.Run(stop.Token);
    }

    /// <summary>Trains to the end, as the command line does.</summary>
    /// <param name="stopAfterEach">Stop and continue after every iteration.</param>
    internal TrainingOutcome ToTheEnd(bool stopAfterEach = false)
    {
        TrainingOutcome outcome;
        do
        {
            outcome = Once(stopAt: stopAfterEach ? 0 : long.MaxValue);
        }
        while (outcome is TrainingOutcome.RolledBack or TrainingOutcome.Stopped);
        return outcome;
    }

    public void Dispose() => _run.Dispose();

    private void Break(Module generator)
    {
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((_, Parameter bias) in generator.NamedParameters().Where(entry => entry.Name.EndsWith("conv.bias", StringComparison.Ordinal)))
            bias.Value.Fill(_bias);
    }
}
