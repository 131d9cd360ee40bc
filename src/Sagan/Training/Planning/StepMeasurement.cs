using System.Diagnostics;
using Sagan.Data;
using Sagan.Models;
using Sagan.Optim;
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

        // The first pass chooses kernels and grows memory; the second tells what batch fits the time.
        double[] trial = Run(Smaller(config, SmallestBatch), gan, pictures, device, _ => false, atLeast: 2);
        double perImage = trial[^1] / (SmallestBatch * config.DiscriminatorSteps);
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
        using var source = new BatchSource(dataset, config.BatchSize, seed: 0);
        using BatchSource? compared = config.Loss.ComparesWithReal ? new BatchSource(dataset, config.GeneratorBatchSize ?? config.BatchSize, seed: 1) : null;
        using var generatorOptimizer = new Adam(gan.Generator, config.GeneratorOptimizer);
        using var discriminatorOptimizer = new Adam(gan.Discriminator, config.DiscriminatorOptimizer);
        using var terms = new LossTerms(config.Terms, device);
        using var augmenter = new Augmenter(config.Augmentation, config.Seed, device);
        ImageSpec images = gan.Generator.Images;
        using var discriminator = new DiscriminatorStep(
            config, gan, discriminatorOptimizer, new RealPictures(source, images, device), terms, augmenter, device);
        using var generator = new GeneratorStep(
            config, gan, generatorOptimizer, compared is null ? null : new RealPictures(compared, images, device), terms, augmenter, device);

        var times = new List<double>();
        while (times.Count < atLeast || (times.Count <= MostIterations && goOn(times.Sum())))
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < config.DiscriminatorSteps; i++)
                discriminator.Run(0, rateFactor: 1);
            generator.Run(0, rateFactor: 1);
            device.Synchronize();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return [.. times];
    }
}
