namespace Sagan.Recipes;

/// <summary>All recipes. A new one is one file and one line here.</summary>
public static class RecipeBook
{
    /// <summary>Every recipe, small ones first.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        Tiny.Recipe,
        DcganCifar10.Recipe,
        SndcganCifar10.Recipe,
        WganCifar10.Recipe,
        WganGpCifar10.Recipe,
        SnganCifar10.Recipe,
        SnganCifar10Unconditional.Recipe,
        ConcatCifar10.Recipe,
        AcganCifar10.Recipe,
        SnganImageNet128.Recipe,
        ConcatImageNet128.Recipe,
        SnganDogCat128.Recipe,
        SnganDogCat256.Recipe,
        Sagan32.Recipe,
        Sagan64.Recipe,
        SaganImageNet128.Recipe,
        .. SaganAblation.Recipes,
        BigGanCifar10.Recipe,
        BigGan64.Recipe,
        BigGanImageNet.At128,
        BigGanImageNet.At256,
        BigGanImageNet.At512,
        BigGanDeep32.Recipe,
        BigGanDeepImageNet.At128,
        BigGanDeepImageNet.At256,
        BigGanDeepImageNet.At512,
        Grow64.Recipe,
        Grow256.Recipe,
        Upscale16To64.Recipe,
        Upscale32To128.Recipe,
    ];

    /// <summary>The recipe that <c>sagan train</c> takes when none is named.</summary>
    public static Recipe Default => Tiny.Recipe;

    /// <summary>The recipe of that name, or null.</summary>
    public static Recipe? Find(string name) => All.FirstOrDefault(recipe => recipe.Name == name);
}
