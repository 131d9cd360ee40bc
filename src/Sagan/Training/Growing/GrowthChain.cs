using System.Text.Json;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors.Files;
using Sagan.Training.Collapse;

namespace Sagan.Training.Growing;

/// <summary>The stages of a growing GAN as a chain of ordinary runs, each a directory of its own beside the others.</summary>
/// <remarks>A run's <c>grown-from.json</c> names the run before it; nothing else holds the chain together.</remarks>
public static class GrowthChain
{
    private const string LinkFile = "grown-from.json";

    /// <summary>The first stage of a configuration.</summary>
    /// <exception cref="ConfigException">Not an architecture that grows, or stages that leave no time for fading.</exception>
    public static TrainingConfig First(TrainingConfig config)
    {
        GrowingGanConfig model = Model(config);
        GrowingPlan.RequireStages(model.Stages);
        if (model.Stages.Count > 1 && model.FadeImages >= config.TotalImages)
            throw new ConfigException("model.fadeImages", $"{model.FadeImages} is not below the {config.TotalImages} pictures of a stage: the next stage would begin before new parts are in full use");
        return config with { Dataset = config.Dataset.WithResolution(model.Stages[0]) };
    }

    /// <summary>The stage after that of a run; null after the last.</summary>
    public static TrainingConfig? After(TrainingConfig config)
    {
        int next = Place(config) + 1;
        IReadOnlyList<int> stages = Model(config).Stages;
        return next < stages.Count ? config with { Dataset = config.Dataset.WithResolution(stages[next]) } : null;
    }

    /// <summary>Which of the stages a run's configuration is, from 0.</summary>
    /// <exception cref="ConfigException">None.</exception>
    public static int Place(TrainingConfig config) => Model(config).Stages.Index()
        .Where(stage => config.Dataset.Equals(config.Dataset.WithResolution(stage.Item)))
        .Select(stage => (int?)stage.Index)
        .FirstOrDefault() ?? throw new ConfigException("dataset.resolution", $"is none of the stages {string.Join(", ", Model(config).Stages)}");

    /// <summary>The run that one grew from; null for the first of a chain.</summary>
    /// <exception cref="RunException">It is named and not there.</exception>
    public static RunDirectory? Former(RunDirectory run)
    {
        if (NameOfFormer(run.Path) is not { } name)
            return null;
        string path = Beside(run, name);
        return RunDirectory.IsRun(path) ? RunDirectory.Open(path) : throw new RunException($"{run.Path}: grew from '{name}', which is not beside it; move the runs of a chain together");
    }

    /// <summary>The run that grew from one; null where there is none yet.</summary>
    public static RunDirectory? Successor(RunDirectory run)
    {
        string name = Path.GetFileName(run.Path);
        string? found = Directory.EnumerateDirectories(Path.GetDirectoryName(Path.GetFullPath(run.Path))!)
            .Where(path => RunDirectory.IsRun(path) && NameOfFormer(path) == name)
            .Order(StringComparer.Ordinal)
            .LastOrDefault();
        return found is null ? null : RunDirectory.Open(Beside(run, Path.GetFileName(found)));
    }

    /// <summary>Notes which run a new one grows from.</summary>
    public static void Link(RunDirectory run, RunDirectory former) => AtomicFile.Write(
        Path.Combine(run.Path, LinkFile), stream => JsonSerializer.Serialize(stream, Path.GetFileName(former.Path)));

    /// <summary>Whether a run is done with its stage: all its pictures were shown, and there is no collapse that it has yet to go back from.</summary>
    public static bool IsFinished(RunDirectory run, TrainingConfig config) =>
        run.NewestResumable() >= config.TotalImages && CollapseWarning.Unanswered(EventLog.Read(run.EventsFile), config.Collapse) is null;

    private static GrowingGanConfig Model(TrainingConfig config) => config.Model as GrowingGanConfig
        ?? throw new ConfigException("model.kind", "this architecture does not grow; take a recipe such as grow-64, or --set model.kind=growing");

    private static string Beside(RunDirectory run, string name) => Path.Combine(Path.GetDirectoryName(run.Path) ?? "", name);

    private static string? NameOfFormer(string path)
    {
        string file = Path.Combine(path, LinkFile);
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<string>(File.ReadAllText(file)) : null;
        }
        catch (JsonException error)
        {
            throw new RunException($"{file}: holds no name of a run: {error.Message}");
        }
    }
}
