using Sagan.Models;

namespace Sagan.Recipes;

/// <summary>The concatenating rival of projection on ImageNet at 128x128.</summary>
internal static class ConcatImageNet128
{
    private const string Name = "concat-imagenet128";

    internal static Recipe Recipe { get; } = SnganImageNet128.Recipe with
    {
        Name = Name,
        Summary = "SNGAN whose discriminator gets the class beside its 16x16 map, at 128x128 (ImageNet)",
        Source = "sngan_projection, configs/sn_concat.yml (arXiv:1802.05637)",
        ExpectedScore = "authors: IS 21.1, intra-FID 141.2 after 450,000 updates; projection: 29.7 and 103.1",
        Config = SnganImageNet128.Recipe.Config with
        {
            Recipe = Name,
            Model = new SnganConfig { DiscriminatorCondition = DiscriminatorCondition.HiddenConcat },
        },
    };
}
