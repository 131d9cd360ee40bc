using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Recipes;
using Sagan.Training;
using Sagan.Training.Collapse;
using Sagan.Training.Scoring;

namespace Sagan.Cli.Commands;

/// <summary>What the flags of <c>sagan train</c> ask of a recipe.</summary>
internal sealed record TrainingRequest
{
    internal string? Data { get; init; }

    internal string? Split { get; init; }

    internal bool SkipBad { get; init; }

    internal int? Resolution { get; init; }

    internal long? Images { get; init; }

    internal int? Batch { get; init; }

    internal long? Seed { get; init; }

    internal Precision? Precision { get; init; }

    internal long? SnapshotImages { get; init; }

    internal KeepPolicy? Keep { get; init; }

    internal CollapseAction? OnCollapse { get; init; }

    /// <summary>Changes of the scores that the run takes, given those that the recipe asks for; null: none.</summary>
    internal Func<ScoringConfig?, ScoringConfig?>? Scoring { get; init; }

    internal IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>A recipe, by name or from a file, with the flags' changes.</summary>
    /// <param name="recipe">Null: the default.</param>
    /// <param name="request">The flags.</param>
    /// <param name="weights">Whose networks the run starts from: their architecture and resolution stand in the place of the recipe's.</param>
    internal static TrainingConfig New(string? recipe, TrainingRequest request, Snapshot? weights = null)
    {
        TrainingConfig config = Open(recipe);
        return weights is null
            ? Change(config, request)
            : Change(config with { Model = weights.Config.Model }, request with { Resolution = request.Resolution ?? weights.Images.Resolution });
    }

    /// <summary>A configuration with the flags' changes; --set comes last.</summary>
    internal static TrainingConfig Change(TrainingConfig config, TrainingRequest request)
    {
        DatasetConfig dataset = request.DatasetFor(config.Dataset);

        // Scores by the toybox's features are for the toybox: on other pictures they would pass for what they are not.
        ScoringConfig? scoring = config.Metrics is { Features: "toybox" } && config.Dataset is ToyboxConfig && dataset is not ToyboxConfig ? null : config.Metrics;
        TrainingConfig changed = config with
        {
            Dataset = dataset,
            TotalImages = request.Images ?? config.TotalImages,
            BatchSize = request.Batch ?? config.BatchSize,
            Seed = request.Seed ?? config.Seed,
            Precision = request.Precision ?? config.Precision,
            SnapshotImages = request.SnapshotImages ?? config.SnapshotImages,
            Keep = request.Keep ?? config.Keep,
            Metrics = request.Scoring is { } change ? change(scoring) : scoring,
            Collapse = request.OnCollapse is { } action ? config.Collapse with { Action = action } : config.Collapse,
        };
        return request.Set.Count == 0 ? changed : ConfigJson.Set(changed, request.Set);
    }

    private static TrainingConfig Open(string? recipe)
    {
        if (recipe is null)
            return RecipeBook.Default.Config;
        if (RecipeBook.Find(recipe) is { } known)
            return known.Config;
        if (File.Exists(recipe))
            return ConfigJson.Read(File.ReadAllText(recipe));
        throw new UsageException($"'{recipe}' is neither a recipe nor a file; recipes: {string.Join(", ", RecipeBook.All.Select(one => one.Name))}");
    }

    private DatasetConfig DatasetFor(DatasetConfig former)
    {
        int resolution = Resolution ?? (former is ToyboxConfig toybox ? toybox.Resolution : (former as PicturesConfig)?.Resolution ?? 32);
        if (Data is not null)
            return DataCommand.Config(Data, Split, resolution, SkipBad);
        return former switch
        {
            ToyboxConfig built => built with { Resolution = resolution },
            PicturesConfig pictures => pictures with { Resolution = resolution, Split = Split ?? pictures.Split, SkipBad = SkipBad || pictures.SkipBad },
            _ => former,
        };
    }
}
