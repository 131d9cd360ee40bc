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
        Source = "Arjovsky et al. 2017 (arXiv:1701.07875), networks of PyTorch-StudioGAN's DCGAN",
        ExpectedScore = "poor: StudioGAN's WGAN-WC, with a residual network, has IS 3.59, FID 107.68 (50k/50k)",
        Cost = "100,000 generator updates, 32 million pictures",
        Deviations = "Adam without momentum (beta1 0, beta2 0.99) in place of RMSProp; StudioGAN clips its residual network and has Adam 2e-4, 0.5, 0.999; an average of the weights (EMA) is kept for samples",
        Config = DcganCifar10.Recipe.Config with
        {
            Recipe = Name,
            Loss = new WassersteinLoss(),
            DiscriminatorClip = 0.01,
            TotalImages = 100_000L * 5 * 64,
            DiscriminatorSteps = 5,
            Mirror = false,
            GeneratorOptimizer = new AdamConfig { LearningRate = 5e-5, Beta1 = 0, Beta2 = 0.99 },
            DiscriminatorOptimizer = new AdamConfig { LearningRate = 5e-5, Beta1 = 0, Beta2 = 0.99 },
        },
    };
}
