namespace Sagan.Recipes;

/// <summary>All recipes. A new one is one file and one line here.</summary>
public static class RecipeBook
{
    /// <summary>Every recipe, small ones first.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        Tiny.Recipe,
        SnganCifar10.Recipe,
        SnganImageNet128.Recipe,
        Sagan32.Recipe,
        Sagan64.Recipe,
        SaganImageNet128.Recipe,
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
