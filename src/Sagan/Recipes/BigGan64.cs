using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>BigGAN at 64x64, attention at 32.</summary>
internal static class BigGan64
{
    private const long Batch = 1_024;

    internal static Recipe Recipe { get; } = new()
    {
        Name = "biggan-64",
        Summary = "BigGAN at 64x64, attention at 32",
        Source = "PyTorch-StudioGAN, BigGAN for Baby-ImageNet and Tiny-ImageNet (arXiv:1809.11096)",
        ExpectedScore = "StudioGAN on Baby-ImageNet (100 classes): IS 27.47, FID 18.64; on Tiny-ImageNet (older evaluation): IS 12.00, FID 31.92",
        Cost = "100,000 generator updates, 102 million pictures: 2 days on 4 GPUs of 2020",
        Deviations = "the batch of 1024 goes through in parts of 128 (microBatchSize), and batch norms see one part; running statistics move in discriminator steps, too",
        Resolution = 64,
        Config = new TrainingConfig
        {
            Recipe = "biggan-64",
            Model = new BigGanConfig
            {
                LatentSize = 100,
                Widths = WidthTable.StudioGan,
                Details = new ResNetDetails
                {
                    ShortcutInput = ShortcutInput.Rectified,
                    BatchNormEpsilon = 1e-4,
                    SpectralNorm = new SpectralNorm { Epsilon = 1e-6 },
                },
            },
            Dataset = new ToyboxConfig { Resolution = 64 },
            TotalImages = 100_000 * Batch,
            BatchSize = (int)Batch,
            MicroBatchSize = 128,
            JointPass = false,
            Mirror = true,
            GeneratorOptimizer = new AdamConfig { LearningRate = 1e-4, Beta2 = 0.999, Epsilon = 1e-6 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 4e-4, Beta2 = 0.999, Epsilon = 1e-6 },
            Ema = EmaConfig.ByUpdates(0.9999, Batch, startUpdate: 20_000),
        },
    };
}
