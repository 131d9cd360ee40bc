using System.Globalization;
using Sagan.Layers;
using Sagan.Tensors.Files;

namespace Sagan.Training;

/// <summary>What a snapshot lacks to continue exactly: the optimizers, and what terms of the losses and augmentation remember. Data order, latents and draws follow from the clock.</summary>
internal static class TrainingState
{
    private const string Format = "sagan-state-1";
    private const string RollbacksKey = "rollbacks";

    internal static void Write(string path, TrainingSteps steps, string fingerprint, long images, int rollbacks)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["images"] = images.ToString(CultureInfo.InvariantCulture),
            ["dataset"] = fingerprint,
            ["generatorSteps"] = steps.GeneratorOptimizer.Steps.ToString(CultureInfo.InvariantCulture),
            ["discriminatorSteps"] = steps.DiscriminatorOptimizer.Steps.ToString(CultureInfo.InvariantCulture),
            [RollbacksKey] = rollbacks.ToString(CultureInfo.InvariantCulture),
        };
        SafetensorsWriter.Write(
            path,
            [
                .. ModuleFile.Entries("generator", steps.GeneratorOptimizer.State()),
                .. ModuleFile.Entries("discriminator", steps.DiscriminatorOptimizer.State()),
                .. steps.Memories().SelectMany(entry => ModuleFile.Entries(entry.Name, entry.Memory.State())),
            ],
            metadata);
    }

    /// <exception cref="ArrayFileException">Not the state of such a run, or of one on other pictures.</exception>
    internal static void Read(string path, TrainingSteps steps, string fingerprint)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            throw new ArrayFileException(path, "metadata", "this is no training state of Sagan");
        if (file.Metadata.GetValueOrDefault("dataset") is var former && former != fingerprint)
            throw new ArrayFileException(path, "data", $"the pictures are not those of the run (fingerprint {fingerprint}, was {former}): a run continues with its own; start a new one from its weights with --init-from");
        ModuleFile.Read(file, "generator", steps.GeneratorOptimizer.State());
        ModuleFile.Read(file, "discriminator", steps.DiscriminatorOptimizer.State());
        foreach ((string name, Module memory) in steps.Memories())
            ModuleFile.Read(file, name, memory);
        steps.GeneratorOptimizer.Steps = Number(file, "generatorSteps");
        steps.DiscriminatorOptimizer.Steps = Number(file, "discriminatorSteps");
    }

    /// <summary>How many times the run had gone back.</summary>
    internal static int Rollbacks(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);

        // States of runs before there were rollbacks do not tell.
        return file.Metadata.ContainsKey(RollbacksKey) ? (int)Number(file, RollbacksKey) : 0;
    }

    /// <summary>Rewrites a state with another number of rollbacks.</summary>
    internal static void SetRollbacks(string path, int rollbacks)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var metadata = new Dictionary<string, string>(file.Metadata) { [RollbacksKey] = rollbacks.ToString(CultureInfo.InvariantCulture) };
        SafetensorsWriter.Write(path, [.. file.Names.Select(name => new SafetensorsEntry(name, file[name]))], metadata);
    }

    private static long Number(SafetensorsFile file, string key) =>
        file.Metadata.TryGetValue(key, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new ArrayFileException(file.Path, "metadata", $"{key} is missing or no number");
}
