using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Tensors;
using Sagan.Training.Profiling;

namespace Sagan.Training;

/// <summary>The updates of both networks, with all that they work with: pictures, optimizers, terms of the losses, augmentation.</summary>
internal sealed class TrainingSteps : IDisposable
{
    private readonly BatchSource _source;
    private readonly BatchSource? _generatorSource;          // real pictures for generator steps, to compare with or to enlarge
    private readonly RealPictures? _compared;
    private readonly LossTerms _terms;
    private readonly StepRecorder[] _recorders = [];         // of both networks; none where updates are not recorded
    private readonly string? _obstacle;                      // why they are not, where they should be

    /// <param name="config">Of the run; its seed decides all draws.</param>
    /// <param name="gan">The networks, on their device.</param>
    /// <param name="dataset">What to train on; must outlive the steps.</param>
    /// <param name="device">Where to work.</param>
    /// <param name="images">Real pictures shown so far: the steps go on from there in every stream.</param>
    internal TrainingSteps(TrainingConfig config, GanModel gan, Dataset dataset, Device device, long images = 0)
    {
        if (device.Kind != DeviceKind.Cpu)
            Torch.GpuShortcuts = config.Execution == Execution.Graph;
        GeneratorOptimizer = config.GeneratorOptimizer.Build(gan.Generator);
        DiscriminatorOptimizer = config.DiscriminatorOptimizer.Build(gan.Discriminator);
        _source = new BatchSource(dataset, config.MicroBatchSize ?? config.BatchSize, (ulong)config.Seed, config.Mirror, images);
        _generatorSource = config.GeneratorDrawsReal ? GeneratorSource(config, dataset, images) : null;
        _terms = new LossTerms(config.Terms, device);
        Augmenter = new Augmenter(config.Augmentation, config.Seed, device);

        Pictures = new RealPictures(_source, gan.Generator.Images, device);
        _compared = _generatorSource is null ? null : new RealPictures(_generatorSource, gan.Generator.Images, device);
        if (config.Execution == Execution.Graph)
        {
            _obstacle = StepRecorder.Obstacle(config, device, DiscriminatorOptimizer, GeneratorOptimizer);
            if (_obstacle is null)
            {
                var first = new StepRecorder(device, Phases);
                _recorders = [first, new StepRecorder(device, Phases, first)];
            }
        }

        Discriminator = new DiscriminatorStep(
            config, gan, DiscriminatorOptimizer, Pictures, _terms, Augmenter, Phases, _recorders.FirstOrDefault(), device);
        Generator = new GeneratorStep(config, gan, GeneratorOptimizer, _compared, _terms, Augmenter, Phases, _recorders.LastOrDefault(), device);
    }

    /// <summary>Why updates are not recorded that should be; null: they are, or will be once they are warm, or nobody asked.</summary>
    internal string? Refusal => _obstacle ?? _recorders.Select(recorder => recorder.Refusal).FirstOrDefault(refusal => refusal is not null);

    /// <summary>The discriminator's update.</summary>
    internal DiscriminatorStep Discriminator { get; }

    /// <summary>The generator's update.</summary>
    internal GeneratorStep Generator { get; }

    internal Optimizer DiscriminatorOptimizer { get; }

    internal Optimizer GeneratorOptimizer { get; }

    /// <summary>Real pictures for the discriminator.</summary>
    internal RealPictures Pictures { get; }

    internal Augmenter Augmenter { get; }

    /// <summary>What the updates are doing.</summary>
    internal StepPhases Phases { get; } = new();

    /// <summary>What terms and augmentation remember, by a name for the state's file.</summary>
    internal IEnumerable<(string Name, Module Memory)> Memories() =>
        Augmenter.Memory is { } memory ? _terms.Memories().Append(("augmentation", memory)) : _terms.Memories();

    /// <summary>Stops the loaders; frees all but the networks.</summary>
    public void Dispose()
    {
        _source.Dispose();
        _generatorSource?.Dispose();
        Pictures.Dispose();
        _compared?.Dispose();
        Discriminator.Dispose();
        Generator.Dispose();
        Array.ForEach(_recorders, recorder => recorder.Dispose());
        GeneratorOptimizer.Dispose();
        DiscriminatorOptimizer.Dispose();
        _terms.Dispose();
        Augmenter.Dispose();
    }

    // Its own order, and as far along it as the generator's updates before took it.
    private static BatchSource GeneratorSource(TrainingConfig config, Dataset dataset, long images)
    {
        int batch = config.GeneratorBatchSize ?? config.BatchSize;
        long updates = images / (config.BatchSize * config.DiscriminatorSteps);
        return new BatchSource(dataset, config.MicroBatchSize ?? batch, ~(ulong)config.Seed, config.Mirror, updates * batch);
    }
}
