using Sagan.Evaluation.Protocols;
using Sagan.Metrics;

namespace Sagan.Evaluation;

/// <summary>Features of generated pictures as the metrics of one evaluation want them.</summary>
internal sealed class CollectedSamples
{
    private const int Usual = 50_000;

    private readonly PictureSeries _pictures;
    private readonly FeatureCollector _collector;
    private readonly CollectedFeatures? _mixed;

    internal CollectedSamples(IReadOnlyList<Metric> metrics, PictureSeries pictures, FeatureCollector collector)
    {
        _pictures = pictures;
        _collector = collector;
        Metric[] together = [.. metrics.Where(metric => !IsByClass(metric))];
        if (together.Length == 0)
            return;

        int most = together.Max(CountFor);
        bool rows = together.Any(metric => metric.NeedsRows || CountFor(metric) < most);
        _mixed = collector.Collect(pictures, most, rows, together.Any(metric => metric.NeedsLogits));
    }

    /// <summary>As many as a metric asks for.</summary>
    internal CollectedFeatures Of(Metric metric) => _mixed!.First(CountFor(metric));

    /// <summary>Class by class, as many as a metric asks for or as there are real ones.</summary>
    internal CollectedFeatures ByClass(Metric metric, CollectedFeatures real)
    {
        if (!IsByClass(metric))
            return Of(metric);
        var drawn = (DrawnPictures)_pictures;
        if (drawn.ClassNames.Count == 0)
            throw new MetricException($"{metric.Name}: {drawn.Name} draws without classes; take fid");

        return CollectedFeatures.Join([.. real.Labels.GroupBy(label => label).OrderBy(label => label.Key).Select(label =>
            _collector.Collect(drawn.OfClass((int)label.Key), metric.Samples ?? label.Count(), rows: true, logits: false))]);
    }

    // Pictures that are there already have the classes that they have.
    private bool IsByClass(Metric metric) => metric.ByClass && _pictures is DrawnPictures;

    private int CountFor(Metric metric)
    {
        if (_pictures.Count is not { } there)
            return metric.Samples ?? Usual;
        if (metric.Samples is { } wanted && wanted > there)
            throw new MetricException($"{metric.Name}: wants {wanted} pictures and {_pictures.Name} has {there}; give more, or take the metric without a number, which counts all");
        int count = metric.Samples ?? there;
        return count >= 2 ? count : throw new MetricException($"{metric.Name}: {_pictures.Name} has {there} pictures; give two at least, and thousands for a figure that means something");
    }
}
