using System.Diagnostics;
using Sagan.Classifiers;
using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Tensors.Functional;

namespace Sagan.Training.Classification;

/// <summary>Trains a classifier: cross entropy, Adam, a rate that falls evenly to 0.</summary>
public sealed class ClassifierTrainer : IDisposable
{
    private const int Ticks = 50;

    private readonly ClassifierTraining _settings;
    private readonly Adam _optimizer;
    private readonly LinearDecay _decay;
    private readonly BatchSource _source;
    private readonly RealPictures _pictures;
    private readonly StepStatistics _statistics;
    private readonly Stopwatch _tickTime = new();
    private long _tickStart;

    /// <param name="settings">How.</param>
    /// <param name="dataset">What is learned; stays the caller's and must outlive this object.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="ConfigException">Settings that cannot be, or no classifier for such pictures.</exception>
    public ClassifierTrainer(ClassifierTraining settings, Dataset dataset, Device device)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(dataset);
        settings.Validate();
        _settings = settings;
        Classifier = new Classifier(new ImageSpec(dataset.Channels, dataset.Width, dataset.ClassNames.Count), settings.Width);
        using (var random = new RandomSource((ulong)settings.Seed))
            Classifier.Initialize(random);
        Classifier.To(device);

        _optimizer = new Adam(Classifier, new AdamConfig { LearningRate = settings.LearningRate, Beta1 = 0.9, Beta2 = 0.999 });
        _decay = new LinearDecay(0, settings.TotalImages);
        _source = new BatchSource(dataset, settings.BatchSize, (ulong)settings.Seed, settings.Mirror);
        _pictures = new RealPictures(_source, Classifier.Images, device);
        _statistics = new StepStatistics(2, device);
    }

    /// <summary>Called about fifty times on the way.</summary>
    public event Action<ClassifierTick>? Ticked;

    /// <summary>What is trained. Owned here.</summary>
    public Classifier Classifier { get; }

    /// <summary>Pictures shown so far.</summary>
    public long Images { get; private set; }

    /// <summary>Trains to the end, or until asked to stop.</summary>
    /// <exception cref="NonFiniteException">The loss or a gradient is NaN or infinite.</exception>
    public TrainingOutcome Run(CancellationToken stop = default)
    {
        long interval = Math.Max(1, _settings.TotalImages / Ticks);
        _tickTime.Start();
        while (Images < _settings.TotalImages && !stop.IsCancellationRequested)
        {
            long before = Images;
            Step();
            if (Images / interval != before / interval)
                Tick();
        }

        return Images >= _settings.TotalImages ? TrainingOutcome.Finished : TrainingOutcome.Stopped;
    }

    /// <summary>Frees the classifier and stops the loader.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _pictures.Dispose();
        _statistics.Dispose();
        _optimizer.Dispose();
        Classifier.Dispose();
    }

    private void Step()
    {
        using Scope scope = Scope.Open();
        _optimizer.ClearGradients();
        Batch batch = _pictures.Next();
        Tensor loss = Likelihood.CrossEntropy(Classifier.Forward(batch.Images), batch.Labels);
        Autograd.Backward(loss);
        _statistics.Add(_optimizer.Step(_decay.FactorAt(Images)), loss.Detach().Reshape(1));
        _statistics.Count();
        Images += _settings.BatchSize;
    }

    private void Tick()
    {
        if (!_statistics.AreFinite())
            throw new NonFiniteException(NonFiniteException.FirstAffected(Classifier), _tickStart, Images);
        double speed = (Images - _tickStart) / Math.Max(_tickTime.Elapsed.TotalSeconds, 1e-9);
        double loss = _statistics.Take()[1];
        Ticked?.Invoke(new ClassifierTick(
            Images, _settings.TotalImages, loss, speed, Math.Max(0, _settings.TotalImages - Images) / speed));
        _tickStart = Images;
        _tickTime.Restart();
    }
}
