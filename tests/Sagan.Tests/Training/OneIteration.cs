using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Tests.Training;

/// <summary>One update of each network, without the trainer around it.</summary>
internal sealed record OneIteration
{
    // Late enough for everything that begins at a time.
    private const long Clock = 1_000_000;

    /// <summary>Gradient norm, loss, its terms, logits on real and generated pictures.</summary>
    internal required double[] Discriminator { get; init; }

    /// <summary>Gradient norm, loss, its terms.</summary>
    internal required double[] Generator { get; init; }

    /// <summary>Largest magnitude among the discriminator's parameters afterwards.</summary>
    internal required double LargestParameter { get; init; }

    /// <summary>A batch of four at 32x32 from toybox, with networks of the configuration's own seed.</summary>
    internal static OneIteration Of(TrainingConfig config)
    {
        config = config with { BatchSize = 4, MicroBatchSize = null, GeneratorBatchSize = null };
        config.Validate();
        using var random = new RandomSource(3);
        using GanModel gan = config.Model.Build(SmallRun.Images, random);
        using Dataset dataset = config.Dataset.Open();
        using var steps = new TrainingSteps(config, gan, dataset, Device.Cpu);

        steps.Discriminator.Run(Clock, rateFactor: 1);
        steps.Generator.Run(Clock, rateFactor: 1);

        using Scope scope = Scope.Open();
        return new OneIteration
        {
            Discriminator = steps.Discriminator.Statistics.Take(),
            Generator = steps.Generator.Statistics.Take(),
            LargestParameter = gan.Discriminator.NamedParameters().Max(entry => entry.Value.Value.Abs().Max().Item()),
        };
    }
}
