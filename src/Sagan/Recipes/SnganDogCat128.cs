using Sagan.Models;

namespace Sagan.Recipes;

/// <summary>SNGAN with projection on ImageNet's cats and dogs at 128x128.</summary>
internal static class SnganDogCat128
{
    private const string Name = "sngan-dogcat128";

    internal static Recipe Recipe { get; } = SnganImageNet128.Recipe with
    {
        Name = Name,
        Summary = "SNGAN with projection discriminator at 128x128, small (143 classes of cats and dogs)",
        Source = "sngan_projection, configs/sn_projection_dog_and_cat.yml (arXiv:1802.05637)",
        ExpectedScore = "authors: IS 28.2",
        Cost = "144 million pictures",
        Deviations = "mirrored, but no random crops of nine tenths; x/127.5 - 1 without dequantisation noise; an average of the weights (EMA) is kept for samples",
        Config = SnganImageNet128.Recipe.Config with
        {
            Recipe = Name,
            Model = new SnganConfig { Size = ResNetSize.Small },
            Mirror = true,
        },
    };
}
