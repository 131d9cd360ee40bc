using System.Globalization;
using System.Text.Json;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Tensors.Files;

namespace Sagan.Classifiers;

/// <summary>One self-describing file of a trained classifier: its weights, its classes, and what it was trained and tested on.</summary>
/// <remarks>A safetensors file; keys are <c>classifier.…</c>, the rest is metadata.</remarks>
public sealed class ClassifierFile
{
    private const string Format = "sagan-classifier-1";
    private const string Prefix = "classifier";

    private ClassifierFile(string path, ImageSpec images, int width, ClassifierFacts facts)
    {
        Path = path;
        Images = images;
        Width = width;
        Facts = facts;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the classifier looks at.</summary>
    public ImageSpec Images { get; }

    /// <summary>Channels of a 32x32 map.</summary>
    public int Width { get; }

    /// <summary>Classes, data, accuracy.</summary>
    public ClassifierFacts Facts { get; }

    /// <summary>Writes a classifier; the file appears whole or not at all.</summary>
    public static void Write(string path, Classifier classifier, ClassifierFacts facts) => SafetensorsWriter.Write(
        path,
        ModuleFile.Entries(Prefix, classifier.State()),
        new Dictionary<string, string>
        {
            ["format"] = Format,
            ["channels"] = Text(classifier.Images.Channels),
            ["resolution"] = Text(classifier.Images.Resolution),
            ["width"] = Text(classifier.Width),
            ["facts"] = JsonSerializer.Serialize(facts),
            ["version"] = typeof(ClassifierFile).Assembly.GetName().Version?.ToString(3) ?? "",
        });

    /// <summary>Reads what a classifier is, and leaves its weights on disk.</summary>
    /// <exception cref="ArrayFileException">Not there, not a safetensors file, or not a classifier.</exception>
    public static ClassifierFile Open(string path)
    {
        if (!File.Exists(path))
            throw new ArrayFileException(path, "file", "there is no such classifier; train one with `sagan classifier train -o FILE`");
        using SafetensorsFile file = SafetensorsFile.Open(path);
        if (!file.Metadata.TryGetValue("format", out string? format) || format != Format)
            throw new ArrayFileException(path, "metadata", "this is a safetensors file but no classifier of Sagan: its format is not " + Format);
        try
        {
            ClassifierFacts facts = JsonSerializer.Deserialize<ClassifierFacts>(file.Metadata["facts"]) ?? throw new FormatException("there are no facts");
            var images = new ImageSpec(Number(file, "channels"), Number(file, "resolution"), facts.ClassNames.Count);
            return new ClassifierFile(path, images, Number(file, "width"), facts);
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or OverflowException or JsonException or NullReferenceException)
        {
            throw new ArrayFileException(path, "metadata", error.Message, error);
        }
    }

    /// <summary>Builds the classifier, in evaluation mode and without gradients of its own. The caller owns it.</summary>
    /// <exception cref="ArrayFileException">The weights are not those of such a classifier.</exception>
    public Classifier Load(Device device = default) => ModuleFile.Load(Path, Prefix, new Classifier(Images, Width), device);

    /// <summary>Why it cannot judge such pictures, in words that follow a file's name; null where it can.</summary>
    /// <param name="images">What the pictures are like.</param>
    /// <param name="classNames">Their classes.</param>
    public string? MismatchWith(ImageSpec images, IReadOnlyList<string> classNames)
    {
        if (images.Resolution != Images.Resolution || images.Channels != Images.Channels)
            return $"judges pictures of {Images.Channels}x{Images.Resolution}x{Images.Resolution}, these are {images.Channels}x{images.Resolution}x{images.Resolution}; "
                + $"train another with `sagan classifier train --resolution {images.Resolution}`";
        if (Facts.ClassNames.SequenceEqual(classNames))
            return null;

        int place = Facts.ClassNames.Zip(classNames).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"knows {Facts.ClassNames.Count} classes ({Facts.DataName}), these pictures have {classNames.Count}, and class {place} is "
            + $"{Name(Facts.ClassNames, place)} there and {Name(classNames, place)} here; train another with `sagan classifier train` on this data set";
    }

    private static string Name(IReadOnlyList<string> names, int place) => place < names.Count ? $"'{names[place]}'" : "missing";

    private static int Number(SafetensorsFile file, string key) => int.Parse(file.Metadata[key], CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
