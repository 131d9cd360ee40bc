using Sagan.Layers;
using Sagan.Losses;
using Sagan.Losses.Terms;
using Sagan.Models;
using Sagan.Training;

namespace Sagan.Recipes;

/// <summary>WGAN-GP on CIFAR-10.</summary>
internal static class WganGpCifar10
{
    private const string Name = "wgan-gp-cifar10";
    private const long TotalImages = 100_000L * 5 * 64;

    internal static Recipe Recipe { get; } = SnganCifar10.Recipe with
    {
        Name = Name,
        Summary = "WGAN with gradient penalty on a residual network at 32x32 without classes (CIFAR-10)",
        Source = "mimicry, nets/wgan_gp/wgan_gp_32.py (arXiv:1704.00028)",
        ExpectedScore = "mimicry: IS 7.33, FID 22.29 (50k/50k)",
        Cost = "100,000 generator updates, 32 million pictures, and the gradient of a gradient for each",
        Deviations = "an average of the weights (EMA) is kept for samples",
        Config = SnganCifar10.Recipe.Config with
        {
            Recipe = Name,
            Model = new SnganConfig
            {
                Conditional = false,
                HeadBias = true,
                Details = new ResNetDetails
                {
                    Upsampling = Upsampling.Bilinear,
                    ShortcutInput = ShortcutInput.Rectified,
                    FeaturePooling = FeaturePooling.Mean,
                    SpectralNorm = null,
                },
            },
            Loss = new WassersteinLoss(),
            Terms = [new GradientPenalty()],
            GeneratorBatchSize = null,
            TotalImages = TotalImages,
            LearningRateDecay = new LinearDecay(0, TotalImages),
        },
    };
}
