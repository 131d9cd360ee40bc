using Sagan.Data;
using Sagan.Models;
using Sagan.Tensors;

namespace Sagan.Metrics.Features;

/// <summary>Extractors by what users write: <c>inception</c>, <c>inception:FILE</c>, <c>classifier:FILE</c>, <c>toybox</c>.</summary>
public static class FeatureExtractors
{
    private const string Flag = "--features";

    /// <summary>What looks at pictures where users do not say: the toybox's own network at the toybox, else Inception.</summary>
    /// <param name="data">The real pictures; null where they are no data set.</param>
    public static string UsualFor(DatasetConfig? data) => data is ToyboxConfig ? "toybox" : "inception";

    /// <summary>Opens an extractor. The caller owns it.</summary>
    /// <param name="choice">What users write. Without a file, Inception's weights come from the cache or their publisher.</param>
    /// <param name="resize">For Inception; null for the default. The others have one way only.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="progress">Told while weights are fetched.</param>
    /// <param name="stop">Stops fetching.</param>
    /// <exception cref="ConfigException">There is no such extractor.</exception>
    /// <exception cref="DataException">Inception's weights are not here and cannot be fetched.</exception>
    /// <exception cref="Tensors.Files.ArrayFileException">A file is not what it should be.</exception>
    public static FeatureExtractor Open(
        string choice, ResizeMode? resize = null, Device device = default, IProgress<DownloadProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        int colon = choice.IndexOf(':', StringComparison.Ordinal);
        (string kind, string? file) = colon < 0 ? (choice, null) : (choice[..colon], choice[(colon + 1)..]);
        if (resize is not null && kind != "inception")
            throw new ConfigException("--resize", $"is for Inception; {kind} has a way of its own");

        return (kind, file) switch
        {
            ("inception", not "") => OpenInception(file, resize, device, progress, stop),
            ("classifier", { Length: > 0 }) => ClassifierExtractor.Open(file, device),
            ("toybox", null) => new ToyboxExtractor(device),
            _ => throw new ConfigException(Flag, $"there is no '{choice}'; write inception, inception:FILE, classifier:FILE or toybox"),
        };
    }

    private static InceptionExtractor OpenInception(
        string? file, ResizeMode? resize, Device device, IProgress<DownloadProgress>? progress, CancellationToken stop)
    {
        string path = InceptionSource.FindAsync(file, progress, stop: stop).GetAwaiter().GetResult();
        return new InceptionExtractor(InceptionWeights.Read(path), resize, device);
    }
}
