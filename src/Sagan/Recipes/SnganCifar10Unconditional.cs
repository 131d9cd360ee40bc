using Sagan.Models;

namespace Sagan.Recipes;

/// <summary>SNGAN without classes on CIFAR-10.</summary>
internal static class SnganCifar10Unconditional
{
    private const string Name = "sngan-cifar10-unconditional";

    internal static Recipe Recipe { get; } = SnganCifar10.Recipe with
    {
        Name = Name,
        Summary = "SNGAN without classes at 32x32 (CIFAR-10)",
        Source = "sngan_projection, configs/sn_cifar10_unconditional.yml (arXiv:1802.05957)",
        ExpectedScore = "paper: IS 8.22, FID 21.7 (10k real, 5k generated); mimicry: IS 7.97, FID 16.77 (50k/50k)",
        Config = SnganCifar10.Recipe.Config with { Recipe = Name, Model = new SnganConfig { Conditional = false } },
    };
}
