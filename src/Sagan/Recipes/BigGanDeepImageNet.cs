using Sagan.Models;
using Sagan.Optim;

namespace Sagan.Recipes;

/// <summary>BigGAN-deep on ImageNet at the paper's three resolutions: BigGAN's training with rates of its own.</summary>
internal static class BigGanDeepImageNet
{
    internal static Recipe At128 { get; } = Of(
        BigGanImageNet.At128, generatorRate: 5e-5, discriminatorRate: 2e-4,
        score: "paper: IS 124.5, FID 5.7 without truncation; IS 166.5, FID 7.4 with");

    internal static Recipe At256 { get; } = Of(
        BigGanImageNet.At256, generatorRate: 2.5e-5, discriminatorRate: 2.5e-5,
        score: "paper: IS 171.4, FID 6.9 without truncation; IS 232.5, FID 8.1 with");

    internal static Recipe At512 { get; } = Of(
        BigGanImageNet.At512, generatorRate: 2.5e-5, discriminatorRate: 2.5e-5,
        score: "paper: IS 152.8, FID 7.5 without truncation; IS 241.5, FID 11.5 with");

    private static Recipe Of(Recipe plain, double generatorRate, double discriminatorRate, string score)
    {
        string name = $"biggan-deep-imagenet{plain.Resolution}";
        return plain with
        {
            Name = name,
            Summary = $"BigGAN-deep at {plain.Resolution}x{plain.Resolution}, attention at 64 (ImageNet)",
            Source = "Brock et al. 2019 (arXiv:1809.11096), appendix B and C; its rates from memory, not checked again",
            ExpectedScore = score,
            Cost = "165,000 generator updates as BigGAN's, 676 million pictures: a pod of TPUs in 2018",
            Config = plain.Config with
            {
                Recipe = name,
                Model = new BigGanDeepConfig(),
                GeneratorOptimizer = new AdamConfig { LearningRate = generatorRate, Beta2 = 0.999 },
                DiscriminatorOptimizer = new AdamConfig { LearningRate = discriminatorRate, Beta2 = 0.999 },
            },
        };
    }
}
