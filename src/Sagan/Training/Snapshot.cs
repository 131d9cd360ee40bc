using System.Globalization;
using System.Security.Cryptography;
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

    private readonly Lazy<TrainingConfig> _config;

    private Snapshot(string path, ModelConfig model, IReadOnlyList<string> classNames, ImageSpec images, long clock, SafetensorsFile file)
    {
        string config = file.Metadata["config"];
        _config = new Lazy<TrainingConfig>(() => ReadConfig(path, config));
        Path = path;
        Model = model;
        ClassNames = classNames;
        Images = images;
        Clock = clock;
        HasEma = Has(file, "ema");
        HasGenerator = Has(file, "generator");
        HasDiscriminator = Has(file, "discriminator");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the networks are like.</summary>
    public ModelConfig Model { get; }

    /// <summary>What the run was; read when it is asked for.</summary>
    /// <exception cref="ArrayFileException">Part of it cannot be read.</exception>
    public TrainingConfig Config => _config.Value;

    /// <summary>Names of the classes, in the order of labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>What the pictures are like.</summary>
    public ImageSpec Images { get; }

    /// <summary>Real pictures shown before it was taken.</summary>
    public long Clock { get; }

    /// <summary>Whether it has an averaged generator.</summary>
    public bool HasEma { get; }

    /// <summary>Whether it has a generator to draw with; an imported one may have its discriminator alone.</summary>
    public bool HasGenerator { get; }

    /// <summary>Whether it has a discriminator; an imported one may have its generator alone.</summary>
    public bool HasDiscriminator { get; }

    /// <summary>Writes a snapshot of a run; the file appears whole or not at all.</summary>
    internal static void Write(string path, TrainingConfig config, IReadOnlyList<string> classNames, GanModel gan, Generator? ema, long clock) =>
        Write(path, config, classNames, gan.Generator.Images, clock, gan.Generator, gan.Discriminator, ema);

    /// <summary>Writes a snapshot of the networks that there are; the file appears whole or not at all.</summary>
    internal static void Write(
        string path, TrainingConfig config, IReadOnlyList<string> classNames, ImageSpec images, long clock,
        Generator? generator, Discriminator? discriminator, Generator? ema)
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = Format,
            ["config"] = ConfigJson.Write(config),
            ["classes"] = JsonSerializer.Serialize(classNames),
            ["channels"] = Text(images.Channels),
            ["resolution"] = Text(images.Resolution),
            ["images"] = Text(clock),
            ["version"] = typeof(Snapshot).Assembly.GetName().Version?.ToString(3) ?? "",
        };
        SafetensorsWriter.Write(path, [.. Entries("generator", generator), .. Entries("discriminator", discriminator), .. Entries("ema", ema)], metadata);
    }

    /// <summary>Reads what a snapshot is, and leaves its weights on disk.</summary>
    /// <exception cref="ArrayFileException">Not a safetensors file, or not a snapshot.</exception>
    public static Snapshot Open(string path)
    {
        if (File.Exists(path))
        {
            // Who opens a snapshot wants its networks next. The system loads one library at a time: the one that JSON draws its
            // hash seeds from, in reading objects, must not queue behind libtorch.
            RandomNumberGenerator.Fill(stackalloc byte[1]);
            Torch.LoadAhead();
        }

        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            throw new ArrayFileException(path, "metadata", "this is a safetensors file but no snapshot of Sagan: its format is not " + Format);
        try
        {
            string[] classes = JsonSerializer.Deserialize<string[]>(file.Metadata["classes"]) ?? throw new FormatException("there are no classes");
            var images = new ImageSpec(Number(file, "channels"), Number(file, "resolution"), classes.Length);
            long clock = long.Parse(file.Metadata["images"], CultureInfo.InvariantCulture);
            return new Snapshot(path, ConfigJson.ReadModel(file.Metadata["config"]), classes, images, clock, file);
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or OverflowException or JsonException or ConfigException)
        {
            throw Damaged(path, error);
        }
    }

    /// <summary>Builds the generator that samples are drawn with, in evaluation mode. The caller owns it.</summary>
    /// <exception cref="ArrayFileException">There is none, or the weights are not those of such a network.</exception>
    public Generator LoadGenerator(Device device = default)
    {
        RequireGenerator();
        return ModuleFile.Load(Path, HasEma ? "ema" : "generator", Model.BuildGenerator(Images), device);
    }

    /// <summary>Builds the discriminator, in evaluation mode. The caller owns it.</summary>
    /// <exception cref="ArrayFileException">There is none, or the weights are not those of such a network.</exception>
    public Discriminator LoadDiscriminator(Device device = default)
    {
        RequireDiscriminator();
        return ModuleFile.Load(Path, "discriminator", Model.BuildDiscriminator(Images), device);
    }

    /// <summary>The label of a class by its name or its number; null where there is none such.</summary>
    public int? LabelOf(string className)
    {
        // The name first: the digits of MNIST are named by numbers.
        foreach ((int label, string name) in ClassNames.Index())
        {
            if (name == className)
                return label;
        }

        return int.TryParse(className, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < ClassNames.Count ? number : null;
    }

    /// <summary>Refuses to be trained on where a network is missing, as it may be in an imported snapshot.</summary>
    /// <exception cref="ArrayFileException">Names the network.</exception>
    public void RequireBothNetworks()
    {
        RequireGenerator();
        RequireDiscriminator();
    }

    /// <summary>Refuses pictures that the networks are not for.</summary>
    /// <exception cref="ConfigException">What differs.</exception>
    public void RequireFit(ImageSpec pictures)
    {
        if (pictures.Channels != Images.Channels || pictures.Resolution != Images.Resolution)
            throw Unfit($"are for {Images.Channels}x{Images.Resolution}x{Images.Resolution} and the pictures are {pictures.Channels}x{pictures.Resolution}x{pictures.Resolution}; take others with --data or --resolution");
        if (Model is { Conditional: true, ConditionsOnPictures: false } && pictures.Classes != Images.Classes)
            throw Unfit($"know {Images.Classes} classes and the pictures have {pictures.Classes}; take pictures of as many classes with --data");
    }

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

    private void RequireGenerator()
    {
        if (!HasGenerator)
            throw Missing("generator");
    }

    private void RequireDiscriminator()
    {
        if (!HasDiscriminator)
            throw Missing("discriminator");
    }

    private ArrayFileException Missing(string network) =>
        new(Path, network, "there is none in this snapshot, which was imported without it; import its file together with the other");

    private ConfigException Unfit(string problem) => new("--init-from", $"the networks of {Path} {problem}");

    private static TrainingConfig ReadConfig(string path, string config)
    {
        try
        {
            return ConfigJson.Read(config);
        }
        catch (ConfigException error)
        {
            throw Damaged(path, error);
        }
    }

    private static ArrayFileException Damaged(string path, Exception error) => new(path, "metadata", error.Message, error);

    private static bool Has(SafetensorsFile file, string network) => file.Names.Any(name => name.StartsWith(network + ".", StringComparison.Ordinal));

    private static IEnumerable<SafetensorsEntry> Entries(string prefix, Module? network) =>
        network is null ? [] : ModuleFile.Entries(prefix, network.State());

    private static int Number(SafetensorsFile file, string key) => int.Parse(file.Metadata[key], CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
