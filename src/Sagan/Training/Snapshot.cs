using System.Globalization;
using System.Text.Json;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Training;

/// <summary>
/// One self-describing file: both networks, the averaged generator, their statistics, class names and configuration.
/// Sampling needs this file alone.
/// </summary>
/// <remarks>A safetensors file; keys are <c>generator.…</c>, <c>discriminator.…</c>, <c>ema.…</c>; the rest is metadata.</remarks>
public sealed class Snapshot
{
    private const string Format = "sagan-snapshot-1";

    private Snapshot(string path, TrainingConfig config, IReadOnlyList<string> classNames, ImageSpec images, long clock, bool hasEma)
    {
        Path = path;
        Config = config;
        ClassNames = classNames;
        Images = images;
        Clock = clock;
        HasEma = hasEma;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the run was.</summary>
    public TrainingConfig Config { get; }

    /// <summary>Names of the classes, in the order of labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>What the pictures are like.</summary>
    public ImageSpec Images { get; }

    /// <summary>Real pictures shown before it was taken.</summary>
    public long Clock { get; }

    /// <summary>Whether it has an averaged generator.</summary>
    public bool HasEma { get; }

    /// <summary>Writes a snapshot; the file appears whole or not at all.</summary>
    internal static void Write(string path, TrainingConfig config, IReadOnlyList<string> classNames, GanModel gan, Generator? ema, long clock)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["config"] = ConfigJson.Write(config),
            ["classes"] = JsonSerializer.Serialize(classNames),
            ["channels"] = Text(gan.Generator.Images.Channels),
            ["resolution"] = Text(gan.Generator.Images.Resolution),
            ["images"] = Text(clock),
            ["version"] = typeof(Snapshot).Assembly.GetName().Version?.ToString(3) ?? "",
        };
        IEnumerable<SafetensorsEntry> entries = Entries("generator", gan.Generator).Concat(Entries("discriminator", gan.Discriminator));
        SafetensorsWriter.Write(path, ema is null ? entries : entries.Concat(Entries("ema", ema)), metadata);
    }

    /// <summary>Reads what a snapshot is, and leaves its weights on disk.</summary>
    /// <exception cref="ArrayFileException">Not a safetensors file, or not a snapshot.</exception>
    public static Snapshot Open(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            throw new ArrayFileException(path, "metadata", "this is a safetensors file but no snapshot of Sagan: its format is not " + Format);
        try
        {
            string[] classes = JsonSerializer.Deserialize<string[]>(file.Metadata["classes"]) ?? throw new FormatException("there are no classes");
            var images = new ImageSpec(Number(file, "channels"), Number(file, "resolution"), classes.Length);
            long clock = long.Parse(file.Metadata["images"], CultureInfo.InvariantCulture);
            bool hasEma = file.Names.Any(name => name.StartsWith("ema.", StringComparison.Ordinal));
            return new Snapshot(path, ConfigJson.Read(file.Metadata["config"]), classes, images, clock, hasEma);
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or OverflowException or JsonException or ConfigException)
        {
            throw new ArrayFileException(path, "metadata", error.Message, error);
        }
    }

    /// <summary>Builds the generator that samples are drawn with, in evaluation mode. The caller owns it.</summary>
    /// <exception cref="ArrayFileException">The weights are not those of such a network.</exception>
    public Generator LoadGenerator(Device device = default) =>
        ModuleFile.Load(Path, HasEma ? "ema" : "generator", Config.Model.BuildGenerator(Images), device);

    /// <summary>Builds the discriminator, in evaluation mode. The caller owns it.</summary>
    /// <exception cref="ArrayFileException">The weights are not those of such a network.</exception>
    public Discriminator LoadDiscriminator(Device device = default) =>
        ModuleFile.Load(Path, "discriminator", Config.Model.BuildDiscriminator(Images), device);

    /// <summary>Fills networks of a run from this file, everything by name.</summary>
    internal void Restore(GanModel gan, Generator? ema)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        ModuleFile.Read(file, "generator", gan.Generator);
        ModuleFile.Read(file, "discriminator", gan.Discriminator);
        if (ema is not null)
            ModuleFile.Read(file, HasEma ? "ema" : "generator", ema);
    }

    /// <summary>Fills what networks have in common with those of this file, by name; the rest stays as it is.</summary>
    /// <exception cref="ArrayFileException">A part of the same name has another shape.</exception>
    internal void RestoreShared(GanModel gan)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        ModuleFile.ReadShared(file, "generator", gan.Generator);
        ModuleFile.ReadShared(file, "discriminator", gan.Discriminator);
    }

    private static IEnumerable<SafetensorsEntry> Entries(string prefix, Module network) => ModuleFile.Entries(prefix, network.State());

    private static int Number(SafetensorsFile file, string key) => int.Parse(file.Metadata[key], CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
