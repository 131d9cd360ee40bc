using Sagan.Models;

namespace Sagan.Training.Planning;

/// <summary>What a configuration will cost: networks, arithmetic, memory.</summary>
public sealed record TrainingPlan
{
    /// <summary>What is planned.</summary>
    public required TrainingConfig Config { get; init; }

    /// <summary>What the pictures are like.</summary>
    public required ImageSpec Images { get; init; }

    /// <summary>The generator.</summary>
    public required NetworkSummary Generator { get; init; }

    /// <summary>The discriminator.</summary>
    public required NetworkSummary Discriminator { get; init; }

    /// <summary>Arithmetic.</summary>
    public required UpdateWork Work { get; init; }

    /// <summary>Memory.</summary>
    public required MemoryNeed Memory { get; init; }

    /// <summary>Plans a configuration. Builds both networks, without drawing their values.</summary>
    /// <exception cref="ConfigException">It cannot be built.</exception>
    public static TrainingPlan Of(TrainingConfig config, ImageSpec images)
    {
        config.Validate();
        using Generator generator = config.Model.BuildGenerator(images);
        using Discriminator discriminator = config.Model.BuildDiscriminator(images);
        NetworkSummary g = NetworkSummary.Of(generator), d = NetworkSummary.Of(discriminator, generator);
        return new TrainingPlan
        {
            Config = config,
            Images = images,
            Generator = g,
            Discriminator = d,
            Work = UpdateWork.Of(config, g, d),
            Memory = MemoryNeed.Of(config, generator, discriminator, g, d),
        };
    }

    /// <summary>Seconds of the whole run on a GPU, from its maker's figures alone: arithmetic, or starting kernels where that takes longer.</summary>
    public Span SecondsOn(GpuFigures gpu)
    {
        double work = Work.PerImage * Config.TotalImages;
        Span starting = GpuFigures.SecondsPerKernel * (KernelsPerIteration() * Config.TotalImages / (Config.BatchSize * Config.DiscriminatorSteps));
        return new Span(
            Math.Max(work / gpu.Reached.Most, starting.Least),
            Math.Max(work / gpu.Reached.Least, starting.Most));
    }

    /// <summary>Kernels that one iteration starts; a backward pass starts about twice as many as a forward pass.</summary>
    private double KernelsPerIteration()
    {
        double parts = Config.MicroBatchSize is { } micro ? (double)Config.BatchSize / micro : 1;
        double passes = Config.JointPass ? 1 : 2;
        double discriminator = Generator.Calls + (3 * passes * Discriminator.Calls);
        double generator = 3 * (Generator.Calls + Discriminator.Calls);
        return parts * ((Config.DiscriminatorSteps * discriminator) + generator);
    }
}
