using Sagan.Losses;
using Sagan.Optim;

namespace Sagan.Recipes;

/// <summary>WGAN with clipped weights on CIFAR-10.</summary>
internal static class WganCifar10
{
    private const string Name = "wgan-cifar10";

    internal static Recipe Recipe { get; } = DcganCifar10.Recipe with
    {
        Name = Name,
        Summary = "WGAN with clipped weights on DCGAN's networks at 32x32 without classes (CIFAR-10)",
        Source = "Arjovsky et al. 2017 (arXiv:1701.07875), algorithm 1: RMSProp, 5e-5, clipped at 0.01, 5 critic updates of 64; networks of PyTorch-StudioGAN's DCGAN",
        ExpectedScore = "poor: StudioGAN's WGAN-WC, with a residual network, has IS 3.59, FID 107.68 (50k/50k)",
        Cost = "100,000 generator updates, 32 million pictures",
        Deviations = "the paper has bedrooms (LSUN) at 64x64 and no score; StudioGAN, whose score that is, clips a residual network and has Adam 2e-4, 0.5, 0.999; an average of the weights (EMA) is kept for samples",
        Config = DcganCifar10.Recipe.Config with
        {
            Recipe = Name,
            Loss = new WassersteinLoss(),
            DiscriminatorClip = 0.01,
            TotalImages = 100_000L * 5 * 64,
            DiscriminatorSteps = 5,
            Mirror = false,
            GeneratorOptimizer = new RmsPropConfig { LearningRate = 5e-5 },
            DiscriminatorOptimizer = new RmsPropConfig { LearningRate = 5e-5 },
        },
    };
}
