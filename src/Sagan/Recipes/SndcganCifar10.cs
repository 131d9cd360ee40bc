using Sagan.Data;
using Sagan.Losses;
using Sagan.Models;
using Sagan.Optim;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>SN-DCGAN on CIFAR-10.</summary>
internal static class SndcganCifar10
{
    internal static Recipe Recipe { get; } = new()
    {
        Name = "sndcgan-cifar10",
        Summary = "SN-DCGAN, the plain network of the SNGAN paper, at 32x32 without classes (CIFAR-10)",
        Source = "compare_gan, architectures/sndcgan.py and example_configs/sndcgan_celebahq128.gin (arXiv:1802.05957)",
        ExpectedScore = "paper: IS 7.42, FID 29.3; StudioGAN: IS 8.20, FID 15.66",
        Cost = "100,000 generator updates, 6.4 million pictures",
        Deviations = "the file's numbers are for faces at 128x128; even padding; an average of the weights (EMA) is kept for samples",
        Resolution = 32,
        Config = new TrainingConfig
        {
            Recipe = "sndcgan-cifar10",
            Model = new DcganConfig { Form = DcganForm.SnDcgan, Conditional = false },
            Dataset = new ToyboxConfig { Resolution = 32 },
            Loss = new NonSaturatingLoss(),
            TotalImages = 100_000L * 64,
            BatchSize = 64,
            GeneratorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 2e-4, Beta1 = 0.5, Beta2 = 0.999 },
        },
    };
}
