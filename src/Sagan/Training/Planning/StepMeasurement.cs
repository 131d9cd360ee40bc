using System.Diagnostics;
using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Training.Planning;

/// <summary>How long a few iterations took on this machine.</summary>
/// <param name="Batch">Pictures of each discriminator update that was measured.</param>
/// <param name="Iterations">How many.</param>
/// <param name="SecondsPerImage">Of each iteration, for each real picture shown: the quickest and the slowest.</param>
public sealed record StepMeasurement(int Batch, int Iterations, Span SecondsPerImage)
{
    // Batch statistics need company.
    private const int SmallestBatch = 2;
    private const int MostIterations = 5;

    /// <summary>Measures a configuration on pictures of noise, with a smaller batch where its own would take too long.</summary>
    /// <param name="config">The networks, losses and steps.</param>
    /// <param name="images">What the pictures are like.</param>
    /// <param name="device">Where.</param>
    /// <param name="seconds">Roughly how long to take.</param>
    public static StepMeasurement Of(TrainingConfig config, ImageSpec images, Device device, double seconds)
    {
        using var random = new RandomSource((ulong)config.Seed);
        using GanModel gan = config.Model.Build(images, random);
        gan.Generator.To(device);
        gan.Discriminator.To(device);
        using var pictures = new NoisePictures(images);

        // The first pass compiles, chooses kernels and grows memory; those after it tell what batch fits the time.
        double[] trial = Run(Smaller(config, SmallestBatch), gan, pictures, device, _ => false, atLeast: 4);
        double perImage = trial[1..].Min() / (SmallestBatch * config.DiscriminatorSteps);
        int batch = (int)Math.Clamp(seconds / 4 / (perImage * config.DiscriminatorSteps), SmallestBatch, config.MicroBatchSize ?? config.BatchSize);
        double[] times = Run(Smaller(config, batch), gan, pictures, device, spent => spent < seconds, atLeast: 3)[1..];

        Span iteration = new(times.Min(), times.Max());
        return new StepMeasurement(batch, times.Length, iteration * (1.0 / (batch * config.DiscriminatorSteps)));
    }

    /// <summary>The same with another batch, the generator's in proportion.</summary>
    private static TrainingConfig Smaller(TrainingConfig config, int batch) => config with
    {
        BatchSize = batch,
        GeneratorBatchSize = config.GeneratorBatchSize is { } generator ? Math.Max(SmallestBatch, (int)Math.Round((double)generator * batch / config.BatchSize)) : null,
        MicroBatchSize = null,
    };

    /// <summary>Seconds of each iteration, the first included.</summary>
    private static double[] Run(TrainingConfig config, GanModel gan, Dataset dataset, Device device, Func<double, bool> goOn, int atLeast)
    {
        using var steps = new TrainingSteps(config, gan, dataset, device);
        var times = new List<double>();
        while (times.Count < atLeast || (times.Count <= MostIterations && goOn(times.Sum())))
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < config.DiscriminatorSteps; i++)
                steps.Discriminator.Run(0, rateFactor: 1);
            steps.Generator.Run(0, rateFactor: 1);
            device.Synchronize();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return [.. times];
    }
}
