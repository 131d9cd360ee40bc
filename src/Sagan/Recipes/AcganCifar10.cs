using Sagan.Losses.Terms;
using Sagan.Models;

namespace Sagan.Recipes;

/// <summary>AC-GAN on CIFAR-10.</summary>
internal static class AcganCifar10
{
    private const string Name = "acgan-cifar10";

    internal static Recipe Recipe { get; } = Sagan32.Recipe with
    {
        Name = Name,
        Summary = "AC-GAN, whose discriminator guesses the class, at 32x32 (CIFAR-10)",
        Source = "PyTorch-StudioGAN, configs/CIFAR10/ACGAN-Mod.yaml (arXiv:1610.09585)",
        ExpectedScore = "paper: IS 8.25; StudioGAN's ACGAN-Mod: IS 7.19, FID 33.39 (50k/50k)",
        Deviations = "class tables in place of linear maps of one-hot labels, Xavier in place of orthogonal initialisation; EMA kept for samples",
        Config = Sagan32.Recipe.Config with
        {
            Recipe = Name,
            Model = new SnganConfig
            {
                DiscriminatorCondition = DiscriminatorCondition.Classifier,
                HeadBias = true,
                Details = new ResNetDetails { BatchNormEpsilon = 1e-4, SpectralNorm = null, DiscriminatorBatchNorm = true },
            },
            Terms = [new AuxiliaryClassifier()],
        },
    };
}
