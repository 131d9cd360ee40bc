using Sagan.Classifiers;
using Sagan.Data.Toybox;
using Sagan.Layers;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Tests.Classifiers;

/// <summary>A classifier of drawn weights, quick to make and to run.</summary>
internal static class SmallClassifier
{
    internal static IReadOnlyList<string> Names { get; } = ["cat", "dog", "owl"];

    internal static ClassifierFacts Facts { get; } = new(Names, "pets", "abc", 0.1, 640, 64, 0.75);

    internal static Classifier Create(int resolution = 8, int channels = 3, int classes = 3, int width = 2, ulong seed = 1)
    {
        using var random = new RandomSource(seed);
        var classifier = new Classifier(new ImageSpec(channels, resolution, classes), width);
        classifier.Initialize(random);
        return classifier;
    }

    /// <summary>Writes one that knows the toybox's classes at 32x32.</summary>
    internal static void WriteForToybox(string path)
    {
        using Classifier classifier = Create(resolution: 32, classes: 10);
        using Scope scope = Scope.Open();
        using GradMode noGrad = Autograd.NoGrad();
        foreach ((string name, Parameter value) in classifier.State())
        {
            // Running statistics of a picture and not of nothing: else features vanish.
            if (name.EndsWith("variance", StringComparison.Ordinal))
                value.Value.Fill(0.5);
        }

        ClassifierFile.Write(path, classifier, Facts with { ClassNames = ToyboxPictures.ClassNames });
    }
}
