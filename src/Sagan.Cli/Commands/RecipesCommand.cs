using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Recipes;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan recipes [show NAME]</c>.</summary>
internal static class RecipesCommand
{
    private static readonly Argument<string> s_name = new("name") { Description = "Name of a recipe." };
    private static readonly Option<bool> s_json = Options.Json("the list");

    internal static Command Create()
    {
        var show = new TaughtCommand("show", "Print one recipe with all its values.", "sagan recipes show tiny") { s_name };
        show.SetAction(arguments => Failure.Guard(() => Show(arguments.GetValue(s_name)!)));
        var command = new TaughtCommand(
            "recipes", "List the recipes: what they train, where their numbers come from, what they cost.",
            "sagan recipes", "sagan recipes show sagan-64")
        { show, s_json };
        command.SetAction(arguments => Failure.Guard(() => List(arguments.GetValue(s_json))));
        return command;
    }

    private static int List(bool json)
    {
        if (json)
        {
            System.Console.WriteLine(new JsonArray([.. RecipeBook.All.Select(recipe => (JsonNode)ToJson(recipe))]).ToJsonString());
            return 0;
        }

        int width = RecipeBook.All.Max(recipe => recipe.Name.Length);
        foreach (Recipe recipe in RecipeBook.All)
        {
            System.Console.WriteLine($"{recipe.Name.PadRight(width)} {recipe.Summary}");
            System.Console.WriteLine($"{new string(' ', width)} cost: {recipe.Cost}");
        }

        System.Console.WriteLine();
        System.Console.WriteLine("`sagan recipes show NAME` prints one whole; `sagan train NAME --data FOLDER` runs it on your pictures.");
        return 0;
    }

    private static int Show(string name)
    {
        Recipe recipe = RecipeBook.Find(name)
            ?? throw new UsageException($"there is no recipe '{name}'; there are {string.Join(", ", RecipeBook.All.Select(one => one.Name))}");
        System.Console.WriteLine($"// {recipe.Summary}");
        System.Console.WriteLine($"// source: {recipe.Source}");
        System.Console.WriteLine($"// expected: {recipe.ExpectedScore}");
        System.Console.WriteLine($"// cost: {recipe.Cost}");
        if (recipe.Deviations.Length > 0)
            System.Console.WriteLine($"// departs: {recipe.Deviations}");
        System.Console.WriteLine(ConfigJson.Write(recipe.Config));
        return 0;
    }

    private static JsonObject ToJson(Recipe recipe) => new()
    {
        ["name"] = recipe.Name,
        ["summary"] = recipe.Summary,
        ["source"] = recipe.Source,
        ["expectedScore"] = recipe.ExpectedScore,
        ["cost"] = recipe.Cost,
        ["deviations"] = recipe.Deviations,
        ["resolution"] = recipe.Resolution,
    };
}
