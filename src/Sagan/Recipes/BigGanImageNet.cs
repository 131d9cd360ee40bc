using Sagan.Data;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>BigGAN on ImageNet at the paper's three resolutions, which differ in latents and in what fits at once.</summary>
internal static class BigGanImageNet
{
    // Two discriminator updates of 2048 pictures for one of the generator.
    private const int Batch = 2_048;
    private const long UpdateImages = 2 * Batch;

    internal static Recipe At128 { get; } = Of(
        128, latentSize: 120, microBatchSize: 64,
        score: "paper, without truncation: IS 98.8, FID 8.7; StudioGAN 97.8, 8.4; BigGAN-PyTorch (1:1, rates 1e-4 and 4e-4) 97.4, 9.8",
        cost: "165,000 generator updates, 676 million pictures: BigGAN-PyTorch took 15 days on 8 V100");

    internal static Recipe At256 { get; } = Of(
        256, latentSize: 140, microBatchSize: 32,
        score: "paper's table 2 from memory, not checked again: IS 142.3, FID 8.7 without truncation",
        cost: "165,000 generator updates, 676 million pictures: a pod of TPUs in 2018");

    internal static Recipe At512 { get; } = Of(
        512, latentSize: 160, microBatchSize: 16,
        score: "paper's table 2 from memory, not checked again: IS 144.2, FID 8.1 without truncation",
        cost: "165,000 generator updates, 676 million pictures: a pod of TPUs in 2018");

    private static Recipe Of(int resolution, int latentSize, int microBatchSize, string score, string cost) => new()
    {
        Name = $"biggan-imagenet{resolution}",
        Summary = $"BigGAN at {resolution}x{resolution}, attention at 64 (ImageNet)",
        Source = "Brock et al. 2019 (arXiv:1809.11096), table 1 last row but one, and appendix B and C",
        ExpectedScore = score,
        Cost = cost,
        Deviations = $"the batch of 2048 goes through in parts of {microBatchSize} (microBatchSize), and batch norms see one part where the paper's see all replicas; "
            + "the penalty's gradient is half of the paper's norm's, as in BigGAN-PyTorch; the average is a copy until update 20,000 (BigGAN-PyTorch)",
        Resolution = resolution,
        Config = new TrainingConfig
        {
            Recipe = $"biggan-imagenet{resolution}",
            Model = new BigGanConfig { LatentSize = latentSize },
            Dataset = new ToyboxConfig { Resolution = resolution },
            TotalImages = 165_000 * UpdateImages,
            Terms = [new OrthogonalPenalty()],
            BatchSize = Batch,
            MicroBatchSize = microBatchSize,
            DiscriminatorSteps = 2,
            GeneratorOptimizer = new AdamConfig { LearningRate = 5e-5, Beta2 = 0.999 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta2 = 0.999 },
            Ema = EmaConfig.ByUpdates(0.9999, UpdateImages, startUpdate: 20_000),
        },
    };
}
