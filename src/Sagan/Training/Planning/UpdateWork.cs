using Sagan.Models;

namespace Sagan.Training.Planning;

/// <summary>Arithmetic of training, in floating-point operations. Terms of the losses (penalties, consistency) come on top and are not counted.</summary>
/// <remarks>
/// A backward pass costs two forward passes: one for the gradient of the input, one for that of the weights. The generator's
/// update needs only the first of the two in the discriminator.
/// </remarks>
public sealed record UpdateWork
{
    /// <summary>Of a discriminator update, for each real picture: a generated one is drawn, both are judged, and back.</summary>
    public required double DiscriminatorPerPicture { get; init; }

    /// <summary>Of a generator update, for each generated picture: drawn, judged, and back through both networks.</summary>
    public required double GeneratorPerPicture { get; init; }

    /// <summary>Of training, for each real picture shown: both updates in the configuration's proportion.</summary>
    public required double PerImage { get; init; }

    /// <summary>Counts for a configuration.</summary>
    public static UpdateWork Of(TrainingConfig config, NetworkSummary generator, NetworkSummary discriminator)
    {
        double g = generator.Flops, d = discriminator.Flops;
        double discriminatorUpdate = g + (2 * d * 3);
        double generatorUpdate = (3 * g) + (2 * d) + (config.Loss.ComparesWithReal ? d : 0);
        double picturesPerImage = (double)(config.GeneratorBatchSize ?? config.BatchSize) / (config.BatchSize * config.DiscriminatorSteps);
        return new UpdateWork
        {
            DiscriminatorPerPicture = discriminatorUpdate,
            GeneratorPerPicture = generatorUpdate,
            PerImage = discriminatorUpdate + (generatorUpdate * picturesPerImage),
        };
    }
}
