using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
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
        using var source = new BatchSource(dataset, config.BatchSize, seed: 0);
        var pictures = new RealPictures(source, SmallRun.Images, Device.Cpu);
        using var discriminatorAdam = new Adam(gan.Discriminator, config.DiscriminatorOptimizer);
        using var generatorAdam = new Adam(gan.Generator, config.GeneratorOptimizer);
        using var terms = new LossTerms(config.Terms, Device.Cpu);
        using var augmenter = new Augmenter(config.Augmentation, config.Seed, Device.Cpu);
        using var discriminator = new DiscriminatorStep(config, gan, discriminatorAdam, pictures, terms, augmenter, Device.Cpu);
        using var generator = new GeneratorStep(config, gan, generatorAdam, config.GeneratorDrawsReal ? pictures : null, terms, augmenter, Device.Cpu);

        discriminator.Run(Clock, rateFactor: 1);
        generator.Run(Clock, rateFactor: 1);

        using Scope scope = Scope.Open();
        return new OneIteration
        {
            Discriminator = discriminator.Statistics.Take(),
            Generator = generator.Statistics.Take(),
            LargestParameter = gan.Discriminator.NamedParameters().Max(entry => entry.Value.Value.Abs().Max().Item()),
        };
    }
}
