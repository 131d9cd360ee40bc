using Sagan.Data;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>BigGAN-deep on ImageNet at the paper's three resolutions, which differ in rates and in what fits at once.</summary>
internal static class BigGanDeepImageNet
{
    // Two discriminator updates of 2048 pictures for one of the generator.
    private const int Batch = 2_048;
    private const long UpdateImages = 2 * Batch;

    internal static Recipe At128 { get; } = Of(
        128, generatorRate: 5e-5, discriminatorRate: 2e-4, microBatchSize: 64,
        score: "paper: IS 124.5, FID 5.7 without truncation; IS 166.5, FID 7.4 with");

    internal static Recipe At256 { get; } = Of(
        256, generatorRate: 2.5e-5, discriminatorRate: 2.5e-5, microBatchSize: 32,
        score: "paper: IS 171.4, FID 6.9 without truncation; IS 232.5, FID 8.1 with");

    internal static Recipe At512 { get; } = Of(
        512, generatorRate: 2.5e-5, discriminatorRate: 2.5e-5, microBatchSize: 16,
        score: "paper: IS 152.8, FID 7.5 without truncation; IS 241.5, FID 11.5 with");

    private static Recipe Of(int resolution, double generatorRate, double discriminatorRate, int microBatchSize, string score) => new()
    {
        Name = $"biggan-deep-imagenet{resolution}",
        Summary = $"BigGAN-deep at {resolution}x{resolution}, attention at 64 (ImageNet)",
        Source = "Brock et al. 2019 (arXiv:1809.11096), appendix B and C; its rates from memory, not checked again",
        ExpectedScore = score,
        Cost = "165,000 generator updates as BigGAN's, 676 million pictures: a pod of TPUs in 2018",
        Deviations = $"the batch of 2048 goes through in parts of {microBatchSize} (microBatchSize), and batch norms see one part where the paper's see all replicas; "
            + "the penalty's gradient is half of the paper's norm's, as in BigGAN-PyTorch; the average is a copy until update 20,000 (BigGAN-PyTorch)",
        Resolution = resolution,
        Config = new TrainingConfig
        {
            Recipe = $"biggan-deep-imagenet{resolution}",
            Model = new BigGanDeepConfig(),
            Dataset = new ToyboxConfig { Resolution = resolution },
            TotalImages = 165_000 * UpdateImages,
            Terms = [new OrthogonalPenalty()],
            BatchSize = Batch,
            MicroBatchSize = microBatchSize,
            DiscriminatorSteps = 2,
            GeneratorOptimizer = new AdamConfig { LearningRate = generatorRate, Beta2 = 0.999 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = discriminatorRate, Beta2 = 0.999 },
            Ema = EmaConfig.ByUpdates(0.9999, UpdateImages, startUpdate: 20_000),
        },
    };
}
