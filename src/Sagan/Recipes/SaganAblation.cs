using Sagan.Layers;
using Sagan.Models;

namespace Sagan.Recipes;

/// <summary>The ablation of the SAGAN paper (table 3): attention at one resolution, a residual block of its size there, or neither.</summary>
/// <remarks>What "its size" means is said at <see cref="BottleneckBlock"/>.</remarks>
internal static class SaganAblation
{
    private static readonly int[] s_places = [8, 16, 32, 64];

    internal static IReadOnlyList<Recipe> Recipes { get; } =
    [
        Variant("sagan-imagenet128-plain", "no attention", [], AttentionForm.AuthorsCode, "see table 3 of the paper"),
        .. s_places.Select(place => Variant(
            $"sagan-imagenet128-attention{place}", $"attention at {place}", [place], AttentionForm.AuthorsCode, ScoreOfAttention(place))),
        .. s_places.Select(place => Variant(
            $"sagan-imagenet128-residual{place}", $"a residual block in place of attention at {place}", [place], AttentionForm.ResidualBlock, "see table 3 of the paper")),
    ];

    private static string ScoreOfAttention(int place) => place switch
    {
        32 => "paper: IS 51.43, FID 18.28",
        64 => "paper: IS 52.52, FID 18.65",
        _ => "see table 3 of the paper",
    };

    private static Recipe Variant(string name, string what, int[] places, AttentionForm form, string score) => SaganImageNet128.Recipe with
    {
        Name = name,
        Summary = $"SAGAN's ablation at 128x128: {what} (ImageNet)",
        Source = "Zhang et al. 2019 (arXiv:1805.08318), table 3",
        ExpectedScore = $"{score}; StudioGAN could not reproduce SAGAN at this size",
        Config = SaganImageNet128.Recipe.Config with
        {
            Recipe = name,
            Model = new SelfAttentionGanConfig { GeneratorAttention = places, AttentionForm = form },
        },
    };
}
