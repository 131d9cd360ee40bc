namespace Sagan.Metrics;

/// <summary>The Fréchet distance inside each class, and its mean over classes: a class that went missing cannot hide behind the others.</summary>
/// <remarks>
/// As in cGANs with projection discriminator (calc_intra_FID.py) and StudioGAN's -ifid: unbiased covariances, all classes
/// weigh the same. Classes are given one by one, so that only the features of one need be in memory.
/// </remarks>
public sealed class IntraClassFrechet
{
    private readonly SortedDictionary<long, FrechetDistance> _classes = [];

    /// <summary>The distance of each class so far.</summary>
    public IReadOnlyDictionary<long, FrechetDistance> Classes => _classes;

    /// <summary>Mean over classes; NaN before the first.</summary>
    public double Mean => _classes.Count > 0 ? _classes.Values.Average(distance => distance.Value) : double.NaN;

    /// <summary>All classes of two labelled sets.</summary>
    /// <param name="real">Features of the data.</param>
    /// <param name="realLabels">Their classes, as many.</param>
    /// <param name="generated">Features of generated pictures.</param>
    /// <param name="generatedLabels">The classes that were asked for.</param>
    /// <exception cref="MetricException">A class has fewer than two pictures on either side, or labels and features differ in number.</exception>
    public static IntraClassFrechet Between(FeatureSet real, IReadOnlyList<long> realLabels, FeatureSet generated, IReadOnlyList<long> generatedLabels)
    {
        Require(real, realLabels, "real");
        Require(generated, generatedLabels, "generated");

        var result = new IntraClassFrechet();
        foreach (long label in realLabels.Union(generatedLabels))
            result.Add(label, OfClass(real, realLabels, label), OfClass(generated, generatedLabels, label));
        return result;
    }

    /// <summary>Adds a class.</summary>
    /// <param name="label">The class.</param>
    /// <param name="real">Features of the data's pictures of it.</param>
    /// <param name="generated">Features of pictures generated as it.</param>
    /// <exception cref="MetricException">Fewer than two pictures on either side, or the class was given before.</exception>
    public void Add(long label, FeatureSet real, FeatureSet generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        MetricException.RequirePictures($"intra-class Fréchet distance, class {label}", "real", real.Count, 2);
        MetricException.RequirePictures($"intra-class Fréchet distance, class {label}", "generated", generated.Count, 2);
        if (!_classes.TryAdd(label, FrechetDistance.Between(real, generated)))
            throw new MetricException($"intra-class Fréchet distance: class {label} was given twice");
    }

    private static void Require(FeatureSet set, IReadOnlyList<long> labels, string side)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(labels);
        if (set.Count != labels.Count)
            throw new MetricException($"intra-class Fréchet distance: {set.Count} pictures and {labels.Count} labels in the {side} set; give one for each");
    }

    private static FeatureSet OfClass(FeatureSet set, IReadOnlyList<long> labels, long label) =>
        set.At(Enumerable.Range(0, labels.Count).Where(place => labels[place] == label));
}
