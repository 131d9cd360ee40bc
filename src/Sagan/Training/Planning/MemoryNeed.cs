using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Training.Planning;

/// <summary>Memory that training needs, in bytes.</summary>
public sealed record MemoryNeed
{
    // What backward holds of a pass's results: some two thirds of them, and with gradients and the work space of convolutions
    // up to half as much again. With 0.2 GB for the process this brackets the peaks of docs/performance.md at batch 32.
    private static readonly Span s_held = new(0.65, 1.5);

    /// <summary>Weights and buffers of both networks.</summary>
    public required long Weights { get; init; }

    /// <summary>Gradients of both networks.</summary>
    public required long Gradients { get; init; }

    /// <summary>Moments of both optimizers.</summary>
    public required long Optimizers { get; init; }

    /// <summary>The averaged generator.</summary>
    public required long Average { get; init; }

    /// <summary>Results held for backward in the larger of both updates: an estimate.</summary>
    public required Span Activations { get; init; }

    /// <summary>What does not depend on the batch.</summary>
    public long Fixed => Weights + Gradients + Optimizers + Average;

    /// <summary>Everything.</summary>
    public Span Total => new(Fixed + Activations.Least, Fixed + Activations.Most);

    /// <summary>Estimates for a configuration.</summary>
    public static MemoryNeed Of(
        TrainingConfig config, Generator generator, Discriminator discriminator, NetworkSummary generatorSummary, NetworkSummary discriminatorSummary)
    {
        int batch = config.MicroBatchSize ?? config.BatchSize;
        int generatorBatch = config.MicroBatchSize ?? config.GeneratorBatchSize ?? config.BatchSize;
        double discriminatorUpdate = batch * 2.0 * discriminatorSummary.ActivationBytes;
        double generatorUpdate = generatorBatch * (double)(generatorSummary.ActivationBytes + discriminatorSummary.ActivationBytes);
        return new MemoryNeed
        {
            Weights = Bytes(generator) + Bytes(discriminator),
            Gradients = sizeof(float) * (generator.ParameterCount + discriminator.ParameterCount),
            Optimizers = sizeof(float) * ((generator.ParameterCount * config.GeneratorOptimizer.Moments.Count) + (discriminator.ParameterCount * config.DiscriminatorOptimizer.Moments.Count)),
            Average = config.Ema is null ? 0 : Bytes(generator),
            Activations = s_held * Math.Max(discriminatorUpdate, generatorUpdate),
        };
    }

    private static long Bytes(Module network) => network.State().Sum(entry => sizeof(float) * entry.Value.Value.Count);
}
