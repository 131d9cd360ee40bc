using Sagan.Data;
using Sagan.Models;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SNGAN with projection on ImageNet's cats and dogs at 256x256.</summary>
internal static class SnganDogCat256
{
    private const string Name = "sngan-dogcat256";

    // 450,000 generator updates of 5 discriminator updates of 8 pictures on each of 4 GPUs.
    private const long ImagesPerUpdate = 5 * 32;

    internal static Recipe Recipe { get; } = SnganDogCat128.Recipe with
    {
        Name = Name,
        Summary = "SNGAN with projection discriminator at 256x256 (143 classes of cats and dogs)",
        Source = "sngan_projection, configs/sn_projection_dog_and_cat_256.yml",
        ExpectedScore = "the authors show pictures and give no figure",
        Cost = "72 million pictures",
        Deviations = "batches for 4 GPUs, as the authors trained at 128x128 (the file says 8 and 16 pictures for each); else as sngan-dogcat128",
        Resolution = 256,
        Config = SnganDogCat128.Recipe.Config with
        {
            Recipe = Name,
            Model = new SnganConfig(),
            Dataset = new ToyboxConfig { Resolution = 256 },
            TotalImages = 450_000 * ImagesPerUpdate,
            BatchSize = 32,
            GeneratorBatchSize = 64,
            MicroBatchSize = 32,
            LearningRateDecay = new LinearDecay(400_000 * ImagesPerUpdate, 450_000 * ImagesPerUpdate),
        },
    };
}
