using Sagan.Data;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training.Collapse;
using Sagan.Training.Profiling;
using Sagan.Training.Scoring;

namespace Sagan.Training;

/// <summary>The training loop. Reads top to bottom; each phase is a class with one public method.</summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingConfig _config;
    private readonly RunDirectory _run;
    private readonly Device _device;
    private readonly IReadOnlyList<string> _classNames;
    private readonly string _fingerprint;
    private readonly TrainedNetworks _networks;
    private readonly TrainingSteps _steps;
    private readonly TickMeter _meter;
    private readonly RunSamples _samples;
    private readonly RunWatch _watch;
    private readonly Recovery _recovery;
    private readonly RunScores? _scores;                     // null: none are taken
    private readonly int _rollbacks;                         // how often the run went back to a former snapshot
    private StepProfiler? _profiler;                         // null: nothing is measured
    private long _images;                                    // real pictures shown so far: the only clock
    private long _savedAt = -1;
    private bool _refusalNoted;

    private Trainer(TrainingConfig config, Dataset dataset, RunDirectory run, Device device, TrainedNetworks networks, ISnapshotScorer? scorer, long images, int rollbacks = 0)
    {
        _config = config;
        _run = run;
        _device = device;
        _classNames = dataset.ClassNames;
        _fingerprint = dataset.Fingerprint;
        _networks = networks;
        _images = images;
        _rollbacks = rollbacks;
        (Dataset training, OverfittingMeter? overfitting) = OverfittingMeter.HoldOut(dataset, config.Collapse.HeldOut);
        _steps = new TrainingSteps(config.Redrawn(rollbacks), Gan, training, device, images);
        _meter = new TickMeter(config, Gan, _steps, device, images);
        _samples = new RunSamples(run, dataset, Gan.Generator, device);
        if (images == 0)
            _samples.WriteReals(dataset);

        EventLog events = images > 0 ? EventLog.Continue(run.EventsFile, images) : EventLog.Start(run.EventsFile);
        _watch = new RunWatch(config, run, events, new DiversityMeter(_samples.Reals, dataset.ClassNames, Gan.Generator.IsConditional), overfitting);
        _watch.Warned += warning => Warned?.Invoke(warning);
        _recovery = new Recovery(config.Collapse, run, _watch, rollbacks);
        _scores = scorer is null || config.Metrics is null ? null : new RunScores(config.Metrics, config, run, scorer, images);
    }

    /// <summary>Called after every tick.</summary>
    public event Action<Tick>? Ticked;

    /// <summary>Called after every iteration with the clock.</summary>
    public event Action<long>? Stepped;

    /// <summary>Called with the path of every sample grid once it is written.</summary>
    public event Action<string>? SamplesWritten;

    /// <summary>Called with every sign of collapse, once for each cause.</summary>
    public event Action<CollapseWarning>? Warned;

    /// <summary>Called with the scores of a snapshot once they are written.</summary>
    public event Action<ScoreReport>? Scored;

    /// <summary>Called once with what the configuration asks for and the run does without, for instance graphs of updates that cannot be recorded.</summary>
    public event Action<string>? Noted;

    /// <summary>Called with the profile that <see cref="Profile"/> asked for, once its files are written.</summary>
    public event Action<StepProfile>? Profiled;

    /// <summary>The clock: real pictures shown so far.</summary>
    public long Images => _images;

    /// <summary>The networks.</summary>
    public GanModel Gan => _networks.Gan;

    /// <summary>Starts a run with fresh networks, or with those of a snapshot.</summary>
    /// <param name="config">What to train.</param>
    /// <param name="dataset">Stays the caller's; must outlive the trainer.</param>
    /// <param name="run">A new run directory.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="weights">Start from these weights, the average from theirs (with fresh optimizers and the clock at 0); null: fresh ones.</param>
    /// <param name="grows">Whether the networks have parts that those of the snapshot lack, or the other way round: what both have, by name, is taken over.</param>
    /// <param name="scorer">Takes the scores that the configuration names, <c>SnapshotScorer</c> of Sagan.Evaluation for instance; null: nobody takes them. Stays the caller's.</param>
    public static Trainer Start(TrainingConfig config, Dataset dataset, RunDirectory run, Device device, Snapshot? weights = null, bool grows = false, ISnapshotScorer? scorer = null)
    {
        TrainedNetworks networks = TrainedNetworks.Start(config, dataset, device, weights, grows);
        RequireScores(networks, scorer);
        return new Trainer(config, dataset, run, device, networks, scorer, images: 0);
    }

    /// <summary>Continues a run exactly where its newest state left it.</summary>
    /// <param name="config">What to train.</param>
    /// <param name="dataset">Stays the caller's; must outlive the trainer.</param>
    /// <param name="run">The run.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="scorer">Takes scores, as in <see cref="Start"/>.</param>
    /// <exception cref="RunException">Nothing to continue from.</exception>
    public static Trainer Resume(TrainingConfig config, Dataset dataset, RunDirectory run, Device device, ISnapshotScorer? scorer = null)
    {
        long images = run.NewestResumable() ?? throw new RunException(
            $"{run.Path}: no snapshot with a state to continue from; start again with the same configuration");
        Snapshot snapshot = Snapshot.Open(run.SnapshotFile(images));
        TrainedNetworks networks = TrainedNetworks.Resume(config, dataset, device, snapshot);
        RequireScores(networks, scorer);
        int rollbacks = TrainingState.Rollbacks(run.StateFile(images));
        var trainer = new Trainer(config, dataset, run, device, networks, scorer, images, rollbacks) { _savedAt = images };
        try
        {
            TrainingState.Read(run.StateFile(images), trainer._steps, dataset.Fingerprint);
            return trainer;
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Has a few of the coming iterations measured, after some to warm up, and writes where their time went into the run
    /// directory. Weights stay the same, bit for bit.
    /// </summary>
    public void Profile() => _profiler = new StepProfiler(_config, _steps.Phases, _device);

    /// <summary>
    /// Trains until all pictures were shown, the run's stop file appears, cancellation, or a collapse that its configuration
    /// does not merely warn of; saves in each case but a rollback's.
    /// </summary>
    /// <exception cref="NonFiniteException">A loss or gradient is NaN or infinite, and there is nothing to go back to; nothing is saved over the last snapshot.</exception>
    public TrainingOutcome Run(CancellationToken stop = default)
    {
        try
        {
            return Train(stop);
        }
        catch (NonFiniteException broken) when (_recovery.Target is not null)
        {
            _watch.Warn(new CollapseWarning(CollapseCause.NonFinite, _images, broken.Message));
            return AnswerCollapse() ?? TrainingOutcome.Collapsed;
        }
    }

    /// <summary>Frees the networks and optimizers, and stops the loader.</summary>
    public void Dispose()
    {
        _steps.Dispose();
        _networks.Dispose();
    }

    private static void RequireScores(TrainedNetworks networks, ISnapshotScorer? scorer)
    {
        try
        {
            scorer?.Require(networks.Drawing);
        }
        catch
        {
            networks.Dispose();
            throw;
        }
    }

    private TrainingOutcome Train(CancellationToken stop)
    {
        // A run that was killed between its collapse and the way back finds that collapse in its log.
        if (AnswerCollapse() is { } pending)
            return pending;
        if (_images > 0)
            Complete(stop);
        _meter.Go();
        if (_images == 0)
            WriteSamples();

        while (_images < _config.TotalImages && !stop.IsCancellationRequested && !_run.StopRequested)
        {
            long before = _images;
            using (_profiler?.Measure())
                Iterate();
            if (_profiler?.IsComplete == true)
                WriteProfile();

            // Upkeep.
            NoteRefusal();
            Stepped?.Invoke(_images);
            if (Crosses(_config.TickImages, before))
                WriteTick();
            if (Crosses(_config.SnapshotImages, before))
                Save(stop);
            if (AnswerCollapse() is { } outcome)
                return outcome;
        }

        WriteProfile();
        if (_images > _meter.Start)
            WriteTick();
        Save(stop);
        if (AnswerCollapse() is { } last)
            return last;
        return _images >= _config.TotalImages ? TrainingOutcome.Finished : TrainingOutcome.Stopped;
    }

    private void Iterate()
    {
        double rateFactor = _config.LearningRateDecay?.FactorAt(_images) ?? 1;
        long before = _images;
        Gan.Follow(_images);

        // 1. Discriminator, several times.
        for (int i = 0; i < _config.DiscriminatorSteps; i++)
        {
            _steps.Discriminator.Run(_images, rateFactor);
            _images += _config.BatchSize;
        }

        // 2. Generator, once; then its average.
        _steps.Generator.Run(_images, rateFactor);
        _steps.Phases.Begin(StepPhase.Average);
        _networks.Average?.Update(_images, _images - before);

        // 3. A look at every step's health, where it costs no waiting.
        _steps.Phases.Begin(StepPhase.Statistics);
        if (_device.Kind == DeviceKind.Cpu)
            _meter.RequireFinite(_images);
    }

    private void NoteRefusal()
    {
        if (_refusalNoted || _steps.Refusal is not { } refusal)
            return;
        _refusalNoted = true;
        Noted?.Invoke($"updates are not recorded as graphs: {refusal}");
    }

    // Of a run that ends early, what there is.
    private void WriteProfile()
    {
        StepProfile? profile = _profiler?.Take();
        _profiler = null;
        if (profile is null)
            return;
        _meter.Pause();
        profile.Write(_run);
        Profiled?.Invoke(profile);
        _meter.Go();
    }

    private TrainingOutcome? AnswerCollapse()
    {
        TrainingOutcome? answer = _recovery.Answer();
        if (answer == TrainingOutcome.Collapsed)
            Save(CancellationToken.None);
        return answer;
    }

    // The clock moves by whole iterations; an event is due when it passes a multiple of its interval.
    private bool Crosses(long interval, long before) => _images / interval != before / interval;

    private void WriteTick()
    {
        Tick tick = _meter.Take(_images);
        Ticked?.Invoke(tick);
        _watch.Note(tick);
        _meter.Restart(_images);
    }

    private void Save(CancellationToken stop)
    {
        if (_savedAt == _images)
            return;

        // On a GPU nobody looked since the last tick, and a broken network must not push good snapshots out.
        _meter.RequireFinite(_images);
        _meter.Pause();
        IReadOnlyList<IReadOnlyList<Raster>> grid = WriteSamples();

        // The state comes last: a run continues from the newest state that has its snapshot, and its line in the log.
        Snapshot.Write(_run.SnapshotFile(_images), _config, _classNames, Gan, _networks.Average?.Generator, _images);
        _watch.Note(_images, grid, Gan.Discriminator, _device);
        TrainingState.Write(_run.StateFile(_images), _steps, _fingerprint, _images, _rollbacks);
        _savedAt = _images;
        Complete(stop);
        _meter.Go();
    }

    // Behind the state: however long it takes, the snapshot is safe, and a run that is killed meanwhile does this when it continues.
    private void Complete(CancellationToken stop)
    {
        Score(stop);

        // Later snapshots, of a run that was resumed from before them, do not count: the newest of this one must stay.
        _run.Prune(_config.Keep.Expendable(_run.Snapshots().Where(images => images <= _images)), _watch.Best);
    }

    private void Score(CancellationToken stop)
    {
        if (_scores?.IsDue(_images) != true || _scores.Measure(_networks, _images, stop) is not { } report)
            return;
        _watch.Note(report);
        _scores.Keep(report);
        Scored?.Invoke(report);
    }

    private IReadOnlyList<IReadOnlyList<Raster>> WriteSamples()
    {
        IReadOnlyList<IReadOnlyList<Raster>> grid = _samples.Write(_networks, _images);
        SamplesWritten?.Invoke(_run.SamplesFile(_images));
        return grid;
    }
}
