using System.Diagnostics;
using Sagan.Data;
using Sagan.Imaging;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training.Collapse;
using Sagan.Training.Upscaling;

namespace Sagan.Training;

/// <summary>How a run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All pictures were shown.</summary>
    Finished,

    /// <summary>Somebody asked it to stop; it saved first.</summary>
    Stopped,

    /// <summary>It collapsed and its configuration says to stop then, or it went back as often as it may; it saved first.</summary>
    Collapsed,

    /// <summary>It collapsed and its directory went back to the best snapshot: <see cref="Trainer.Resume"/> goes on from there.</summary>
    RolledBack,
}

/// <summary>The training loop. Reads top to bottom; each phase is a class with one public method.</summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainingConfig _config;
    private readonly RunDirectory _run;
    private readonly Device _device;
    private readonly IReadOnlyList<string> _classNames;
    private readonly string _fingerprint;
    private readonly GanModel _gan;
    private readonly Ema? _ema;
    private readonly Adam _generatorOptimizer, _discriminatorOptimizer;
    private readonly BatchSource _source;
    private readonly RealPictures _pictures;
    private readonly BatchSource? _generatorSource;          // real pictures for generator steps, to compare with or to enlarge
    private readonly LossTerms _terms;
    private readonly Augmenter _augmenter;
    private readonly DiscriminatorStep _discriminatorStep;
    private readonly GeneratorStep _generatorStep;
    private readonly SampleGrid _grid;
    private readonly SingularValues _sigmas;
    private readonly RunWatch _watch;
    private readonly Recovery _recovery;
    private readonly int _rollbacks;                         // how often the run went back to a former snapshot
    private readonly UpscalingGrid? _upscalingGrid;          // in the grid's place where pictures are enlarged
    private readonly Stopwatch _tickTime = new();
    private long _images;                                    // real pictures shown so far: the only clock
    private long _tickStart;
    private long _savedAt = -1;

    private Trainer(TrainingConfig config, Dataset dataset, RunDirectory run, Device device, GanModel gan, Generator? average, long images, int rollbacks = 0)
    {
        _config = config;
        _run = run;
        _device = device;
        _classNames = dataset.ClassNames;
        _fingerprint = dataset.Fingerprint;
        _gan = gan;
        _images = _tickStart = images;
        _rollbacks = rollbacks;
        (Dataset training, OverfittingMeter? overfitting) = OverfittingMeter.HoldOut(dataset, config.Collapse.HeldOut);
        TrainingConfig drawn = config.Redrawn(rollbacks);
        _ema = average is null ? null : new Ema(config.Ema!, gan.Generator, average);
        _generatorOptimizer = new Adam(gan.Generator, config.GeneratorOptimizer);
        _discriminatorOptimizer = new Adam(gan.Discriminator, config.DiscriminatorOptimizer);
        _source = new BatchSource(training, config.MicroBatchSize ?? config.BatchSize, (ulong)drawn.Seed, config.Mirror, images);
        _pictures = new RealPictures(_source, gan.Generator.Images, device);
        _terms = new LossTerms(config.Terms, device);
        _augmenter = new Augmenter(config.Augmentation, drawn.Seed, device);
        _generatorSource = config.GeneratorDrawsReal ? GeneratorSource(drawn, training, images) : null;
        RealPictures? compared = _generatorSource is null ? null : new RealPictures(_generatorSource, gan.Generator.Images, device);
        _discriminatorStep = new DiscriminatorStep(drawn, gan, _discriminatorOptimizer, _pictures, _terms, _augmenter, device);
        _generatorStep = new GeneratorStep(drawn, gan, _generatorOptimizer, compared, _terms, _augmenter, device);
        _grid = new SampleGrid(gan.Generator.Images, dataset.ClassNames);
        _upscalingGrid = gan.Generator is UpscalerGenerator upscaler ? new UpscalingGrid(dataset, upscaler.Factor) : null;
        _sigmas = new SingularValues(gan);

        IReadOnlyList<IReadOnlyList<Raster>> reals = _grid.Reals(dataset);
        if (images == 0)
            _grid.WriteReals(run.RealsFile, reals, dataset);
        EventLog events = images > 0 ? EventLog.Continue(run.EventsFile, images) : EventLog.Start(run.EventsFile);
        _watch = new RunWatch(config, run, events, new DiversityMeter(reals, dataset.ClassNames, gan.Generator.IsConditional), overfitting);
        _watch.Warned += warning => Warned?.Invoke(warning);
        _recovery = new Recovery(config.Collapse, run, _watch, rollbacks);
    }

    /// <summary>Called after every tick.</summary>
    public event Action<Tick>? Ticked;

    /// <summary>Called after every iteration with the clock.</summary>
    public event Action<long>? Stepped;

    /// <summary>Called with the path of every sample grid once it is written.</summary>
    public event Action<string>? SamplesWritten;

    /// <summary>Called with every sign of collapse, once for each cause.</summary>
    public event Action<CollapseWarning>? Warned;

    /// <summary>The clock: real pictures shown so far.</summary>
    public long Images => _images;

    /// <summary>The networks.</summary>
    public GanModel Gan => _gan;

    /// <summary>Starts a run with fresh networks, or with those of a snapshot.</summary>
    /// <param name="config">What to train.</param>
    /// <param name="dataset">Stays the caller's; must outlive the trainer.</param>
    /// <param name="run">A new run directory.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="weights">Start from these weights, the average from theirs (with fresh optimizers and the clock at 0); null: fresh ones.</param>
    /// <param name="grows">Whether the networks have parts that those of the snapshot lack, or the other way round: what both have, by name, is taken over.</param>
    public static Trainer Start(TrainingConfig config, Dataset dataset, RunDirectory run, Device device, Snapshot? weights = null, bool grows = false)
    {
        (GanModel gan, Generator? average) = Build(config, dataset, device, (gan, average) =>
        {
            if (weights is not null && !grows)
            {
                weights.Restore(gan, average);
                return;
            }

            weights?.RestoreShared(gan);
            average?.CopyFrom(gan.Generator);
        });
        return new Trainer(config, dataset, run, device, gan, average, images: 0);
    }

    /// <summary>Continues a run exactly where its newest state left it.</summary>
    /// <exception cref="RunException">Nothing to continue from.</exception>
    public static Trainer Resume(TrainingConfig config, Dataset dataset, RunDirectory run, Device device)
    {
        long images = run.NewestResumable() ?? throw new RunException(
            $"{run.Path}: no snapshot with a state to continue from; start again with the same configuration");
        Snapshot snapshot = Snapshot.Open(run.SnapshotFile(images));
        (GanModel gan, Generator? average) = Build(config, dataset, device, snapshot.Restore);
        int rollbacks = TrainingState.Rollbacks(run.StateFile(images));
        var trainer = new Trainer(config, dataset, run, device, gan, average, images, rollbacks) { _savedAt = images };
        try
        {
            TrainingState.Read(run.StateFile(images), trainer._generatorOptimizer, trainer._discriminatorOptimizer, trainer.Memories(), dataset.Fingerprint);
            return trainer;
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }

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
        _source.Dispose();
        _generatorSource?.Dispose();
        _discriminatorStep.Dispose();
        _generatorStep.Dispose();
        _generatorOptimizer.Dispose();
        _discriminatorOptimizer.Dispose();
        _terms.Dispose();
        _augmenter.Dispose();
        _ema?.Dispose();
        _gan.Dispose();
    }

    private TrainingOutcome Train(CancellationToken stop)
    {
        // A run that was killed between its collapse and the way back finds that collapse in its log.
        if (AnswerCollapse() is { } pending)
            return pending;
        _tickTime.Start();
        if (_images == 0)
            WriteSamples();

        while (_images < _config.TotalImages && !stop.IsCancellationRequested && !_run.StopRequested)
        {
            double rateFactor = _config.LearningRateDecay?.FactorAt(_images) ?? 1;
            long before = _images;
            _gan.Follow(_images);

            // 1. Discriminator, several times.
            for (int i = 0; i < _config.DiscriminatorSteps; i++)
            {
                _discriminatorStep.Run(_images, rateFactor);
                _images += _config.BatchSize;
            }

            // 2. Generator, once; then its average.
            _generatorStep.Run(_images, rateFactor);
            _ema?.Update(_images, _images - before);

            // 3. Upkeep: a look at every step's health on the host, and the tick.
            if (_device.Kind == DeviceKind.Cpu)
                RequireFinite();
            Stepped?.Invoke(_images);
            if (Crosses(_config.TickImages, before))
                WriteTick();
            if (Crosses(_config.SnapshotImages, before))
                Save();
            if (AnswerCollapse() is { } outcome)
                return outcome;
        }

        if (_images > _tickStart)
            WriteTick();
        Save();
        if (AnswerCollapse() is { } last)
            return last;
        return _images >= _config.TotalImages ? TrainingOutcome.Finished : TrainingOutcome.Stopped;
    }

    private TrainingOutcome? AnswerCollapse()
    {
        TrainingOutcome? answer = _recovery.Answer();
        if (answer == TrainingOutcome.Collapsed)
            Save();
        return answer;
    }

    // Its own order, and as far along it as the generator's updates before took it.
    private static BatchSource GeneratorSource(TrainingConfig config, Dataset dataset, long images)
    {
        int batch = config.GeneratorBatchSize ?? config.BatchSize;
        long updates = images / (config.BatchSize * config.DiscriminatorSteps);
        return new BatchSource(dataset, config.MicroBatchSize ?? batch, ~(ulong)config.Seed, config.Mirror, updates * batch);
    }

    private IEnumerable<(string Name, Module Memory)> Memories() =>
        _augmenter.Memory is { } memory ? _terms.Memories().Append(("augmentation", memory)) : _terms.Memories();

    private static (GanModel Gan, Generator? Average) Build(TrainingConfig config, Dataset dataset, Device device, Action<GanModel, Generator?> fill)
    {
        config.Validate();
        if (dataset.Width != dataset.Height)
            throw new ConfigException("dataset", $"pictures are {dataset.Width}x{dataset.Height}; networks draw squares: give a --resolution");

        HeldOutPictures.RequireEnough(dataset, config.Collapse.HeldOut);
        config.Keep.Best?.Require(dataset);

        var images = new ImageSpec(dataset.Channels, dataset.Width, dataset.ClassNames.Count);
        foreach (Losses.Terms.LossTerm term in config.Terms)
            term.RequireFit(config.Model, images, dataset.ClassNames);
        using var random = new RandomSource((ulong)config.Seed);
        GanModel gan = config.Model.Build(images, random);
        Generator? average = config.Ema is null ? null : config.Model.BuildGenerator(images);
        try
        {
            fill(gan, average);
        }
        catch
        {
            // The file of a former run does not fit: nobody else knows of these networks.
            gan.Dispose();
            average?.Dispose();
            throw;
        }

        gan.Generator.To(device);
        gan.Discriminator.To(device);
        average?.To(device);
        return (gan, average);
    }

    // The clock moves by whole iterations; an event is due when it passes a multiple of its interval.
    private bool Crosses(long interval, long before) => _images / interval != before / interval;

    private void RequireFinite()
    {
        if (!_discriminatorStep.Statistics.AreFinite())
            throw new NonFiniteException(NonFiniteException.FirstAffected(_gan.Discriminator), _tickStart, _images);
        if (!_generatorStep.Statistics.AreFinite())
            throw new NonFiniteException(NonFiniteException.FirstAffected(_gan.Generator), _tickStart, _images);
    }

    private void WriteTick()
    {
        RequireFinite();
        double seconds = _tickTime.Elapsed.TotalSeconds;
        double[] discriminator = _discriminatorStep.Statistics.Take();
        double[] generator = _generatorStep.Statistics.Take();
        (IReadOnlyList<LayerSigma> generatorSigmas, IReadOnlyList<LayerSigma> discriminatorSigmas) = _sigmas.Read();
        double speed = (_images - _tickStart) / Math.Max(seconds, 1e-9);
        var tick = new Tick
        {
            Images = _images,
            TotalImages = _config.TotalImages,
            Seconds = seconds,
            ImagesPerSecond = speed,
            SecondsLeft = Math.Max(0, _config.TotalImages - _images) / speed,
            DataWait = _pictures.TakeWait().TotalSeconds / Math.Max(seconds, 1e-9),
            DiscriminatorGradient = discriminator[0],
            DiscriminatorLoss = discriminator[1],
            DiscriminatorTerms = discriminator[2],
            RealLogit = discriminator[3],
            FakeLogit = discriminator[4],
            GeneratorGradient = generator[0],
            GeneratorLoss = generator[1],
            GeneratorTerms = generator[2],
            GeneratorSigmas = generatorSigmas,
            DiscriminatorSigmas = discriminatorSigmas,
            PeakMemory = PeakMemory(),
            LiveTensors = Tensor.LiveCount,
            Figures = _augmenter.Figures(),
        };
        Ticked?.Invoke(tick);
        _watch.Note(tick);
        _tickStart = _images;
        _tickTime.Restart();
    }

    private void Save()
    {
        if (_savedAt == _images)
            return;

        // On a GPU nobody looked since the last tick, and a broken network must not push good snapshots out.
        RequireFinite();
        _tickTime.Stop();
        IReadOnlyList<IReadOnlyList<Raster>> grid = WriteSamples();

        // The state comes last: a run continues from the newest state that has its snapshot, and its line in the log.
        Snapshot.Write(_run.SnapshotFile(_images), _config, _classNames, _gan, _ema?.Generator, _images);
        _watch.Note(_images, grid, _gan.Discriminator, _device);
        TrainingState.Write(_run.StateFile(_images), _generatorOptimizer, _discriminatorOptimizer, Memories(), _fingerprint, _images, _rollbacks);

        // Later snapshots, of a run that was resumed from before them, do not count: the newest of this one must stay.
        _run.Prune(_config.Keep.Expendable(_run.Snapshots().Where(images => images <= _images)), _watch.Best);
        _savedAt = _images;
        _tickTime.Start();
    }

    private IReadOnlyList<IReadOnlyList<Raster>> WriteSamples()
    {
        string path = _run.SamplesFile(_images);
        var texts = new Dictionary<string, string>
        {
            ["Software"] = "Sagan",
            ["sagan:run"] = Path.GetFileName(_run.Path),
            ["sagan:images"] = _images.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["sagan:seeds"] = _upscalingGrid is null ? "0-9 in columns, classes in rows" : "small, enlarged, real",
        };
        _ema?.Settle();
        Generator generator = _ema?.Generator ?? _gan.Generator;
        IReadOnlyList<IReadOnlyList<Raster>> grid;
        using (generator.Eval())
            grid = _upscalingGrid?.Write(path, (UpscalerGenerator)generator, _device, texts) ?? _grid.WriteFakes(path, generator, _device, texts);
        SamplesWritten?.Invoke(path);
        return grid;
    }

    private long PeakMemory()
    {
        if (_device.Memory() is { } memory)
            return memory.PeakAllocated;
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
