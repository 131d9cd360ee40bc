using Sagan.Data;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>BigGAN on CIFAR-10, as BigGAN-PyTorch's script has it.</summary>
internal static class BigGanCifar10
{
    // 500 epochs of 50,000 pictures; 4 discriminator updates of 50 pictures each.
    private const long UpdateImages = 4 * 50;

    internal static Recipe Recipe { get; } = new()
    {
        Name = "biggan-cifar10",
        Summary = "BigGAN at 32x32 without attention, shared embedding and skip-z (CIFAR-10)",
        Source = "BigGAN-PyTorch, scripts/launch_cifar_ema.sh (arXiv:1809.11096)",
        ExpectedScore = "the script states none; the paper's own CIFAR-10 run: IS 9.22, FID 14.73",
        Cost = "125,000 generator updates, 25 million pictures: most of a day on a GPU",
        Deviations = "biases start at 0 in place of torch's small even ones; the average takes the vectors of spectral norms from the generator and does not blend them",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "biggan-cifar10",
            Model = new BigGanConfig
            {
                LatentSize = 128,
                SharedSize = null,
                HierarchicalLatents = false,
                Initialization = Initialization.Normal,
                Details = new ResNetDetails { ClassTableDeviation = 0.02, SpectralNorm = new SpectralNorm { Epsilon = 1e-8 } },
            },
            Dataset = new ToyboxConfig { Resolution = 32 },
            TotalImages = 125_000 * UpdateImages,
            BatchSize = 50,
            DiscriminatorSteps = 4,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta2 = 0.999 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta2 = 0.999 },
            Ema = EmaConfig.ByUpdates(0.9999, UpdateImages, startUpdate: 1_000),
        },
    };
}
