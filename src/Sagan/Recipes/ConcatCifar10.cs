using Sagan.Models;

namespace Sagan.Recipes;

/// <summary>The concatenating rival of projection on CIFAR-10.</summary>
internal static class ConcatCifar10
{
    private const string Name = "concat-cifar10";

    internal static Recipe Recipe { get; } = SnganCifar10.Recipe with
    {
        Name = Name,
        Summary = "SNGAN whose discriminator gets the class beside its 16x16 map, at 32x32 (CIFAR-10)",
        Source = "sngan_projection, configs/sn_cifar10_conditional.yml, with the discriminator of sn_concat.yml (arXiv:1802.05637)",
        ExpectedScore = "below sngan-cifar10 (IS 8.62, FID 17.5); no figure was at hand, see concat-imagenet128",
        Deviations = "the authors' code has no such network at 32x32: the embedding of 128 values lies behind the first block, where the map is 16x16 as at 128x128; else as sngan-cifar10",
        Config = SnganCifar10.Recipe.Config with
        {
            Recipe = Name,
            Model = new SnganConfig { DiscriminatorCondition = DiscriminatorCondition.HiddenConcat },
        },
    };
}
