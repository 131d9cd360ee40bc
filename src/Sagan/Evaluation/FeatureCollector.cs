using Sagan.Data;
using Sagan.Metrics;
using Sagan.Metrics.Features;
using Sagan.Tensors;

namespace Sagan.Evaluation;

/// <summary>Shows collections of pictures to an extractor.</summary>
/// <param name="extractor">Stays its owner's.</param>
/// <param name="progress">Told after every batch.</param>
/// <param name="stop">Ends it between two batches.</param>
internal sealed class FeatureCollector(FeatureExtractor extractor, IProgress<DataProgress>? progress, CancellationToken stop)
{
    /// <summary>Looks at the first pictures of a collection.</summary>
    /// <param name="pictures">The collection.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Whether each picture's features are kept, not only their mean and covariance.</param>
    /// <param name="logits">Whether each picture's logits are kept.</param>
    /// <exception cref="MetricException">A feature is not finite, or there are fewer than two pictures.</exception>
    internal CollectedFeatures Collect(PictureSeries pictures, int count, bool rows, bool logits)
    {
        FeatureMoments? moments = rows ? null : new FeatureMoments(extractor.FeatureCount);
        FeatureSet? keptRows = rows ? new FeatureSet(extractor.FeatureCount) : null;
        FeatureSet? keptLogits = logits && extractor.LogitCount is { } classes ? new FeatureSet(classes) : null;
        var labels = new List<long>(count);
        foreach (PixelRun run in pictures.Read(count))
        {
            stop.ThrowIfCancellationRequested();
            using Scope scope = Scope.Open();
            PictureFeatures seen = extractor.Extract(Tensor.From<byte>(run.Pixels, [run.Count, run.Channels, run.Height, run.Width]));
            moments?.Add(seen.Features);
            keptRows?.Add(seen.Features);
            keptLogits?.Add(seen.Logits!);
            labels.AddRange(run.Labels.Select(label => (long)label));
            progress?.Report(new DataProgress($"Features of {pictures.Name}", labels.Count, count));
        }

        return new CollectedFeatures(moments?.Statistics(), keptRows, keptLogits, labels);
    }
}
