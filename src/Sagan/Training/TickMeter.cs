using System.Diagnostics;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training;

/// <summary>Measures a run from tick to tick: time, means of both steps' figures, memory.</summary>
/// <param name="config">Of the run.</param>
/// <param name="gan">Its networks.</param>
/// <param name="steps">Its steps, whose figures add up in between.</param>
/// <param name="device">Where it works.</param>
/// <param name="images">The clock now.</param>
internal sealed class TickMeter(TrainingConfig config, GanModel gan, TrainingSteps steps, Device device, long images)
{
    private readonly SingularValues _sigmas = new(gan);
    private readonly Stopwatch _time = new();

    /// <summary>The clock at the last tick.</summary>
    internal long Start { get; private set; } = images;

    /// <summary>Lets the time count, or count again.</summary>
    internal void Go() => _time.Start();

    /// <summary>Stops the time during upkeep.</summary>
    internal void Pause() => _time.Stop();

    /// <summary>Begins anew after a tick.</summary>
    internal void Restart(long images)
    {
        Start = images;
        _time.Restart();
    }

    /// <summary>Looks at the figures on the host; waits for the device.</summary>
    /// <exception cref="NonFiniteException">One of them is NaN or infinite.</exception>
    internal void RequireFinite(long images)
    {
        if (!steps.Discriminator.Statistics.AreFinite())
            throw new NonFiniteException(NonFiniteException.FirstAffected(gan.Discriminator), Start, images);
        if (!steps.Generator.Statistics.AreFinite())
            throw new NonFiniteException(NonFiniteException.FirstAffected(gan.Generator), Start, images);
    }

    /// <summary>What happened since the last tick. Takes the steps' figures: their means begin anew.</summary>
    /// <exception cref="NonFiniteException">One of them is NaN or infinite.</exception>
    internal Tick Take(long images)
    {
        RequireFinite(images);
        double seconds = _time.Elapsed.TotalSeconds;
        double[] discriminator = steps.Discriminator.Statistics.Take();
        double[] generator = steps.Generator.Statistics.Take();
        (IReadOnlyList<LayerSigma> generatorSigmas, IReadOnlyList<LayerSigma> discriminatorSigmas) = _sigmas.Read();
        double speed = (images - Start) / Math.Max(seconds, 1e-9);
        return new Tick
        {
            Images = images,
            TotalImages = config.TotalImages,
            Seconds = seconds,
            ImagesPerSecond = speed,
            SecondsLeft = Math.Max(0, config.TotalImages - images) / speed,
            DataWait = steps.Pictures.TakeWait().TotalSeconds / Math.Max(seconds, 1e-9),
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
            Figures = steps.Augmenter.Figures(),
        };
    }

    private long PeakMemory()
    {
        if (device.Kind != DeviceKind.Cpu && device.Memory() is { } memory)
            return memory.PeakAllocated;
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
