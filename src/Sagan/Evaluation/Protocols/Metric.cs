using Sagan.Metrics.Features;

namespace Sagan.Evaluation.Protocols;

/// <summary>A metric with its protocol: how many pictures are drawn, what they are compared with, which constants.</summary>
/// <param name="Name">As users write it and cards show it, for instance <c>fid50k_full</c>.</param>
/// <param name="Samples">Pictures that are scored; null: all that there are, and of a network 50,000.</param>
public abstract record Metric(string Name, int? Samples)
{
    /// <summary>A sentence for lists.</summary>
    public abstract string Meaning { get; }

    /// <summary>Whether a larger value is better.</summary>
    public abstract bool HigherIsBetter { get; }

    /// <summary>The real pictures that it wants; null: none.</summary>
    public virtual RealPart? Reference => null;

    /// <summary>Whether it needs each picture's features, not only their mean and covariance.</summary>
    internal virtual bool NeedsRows => false;

    /// <summary>Whether it needs each picture's logits.</summary>
    internal virtual bool NeedsLogits => false;

    /// <summary>Whether pictures are drawn class by class, as many as there are real ones.</summary>
    internal virtual bool ByClass => false;

    /// <summary>Whose convention, where tools differ.</summary>
    internal virtual string? Convention => null;

    /// <summary>Refuses, before anything is drawn, an extractor or pictures that it cannot be computed of.</summary>
    /// <exception cref="Sagan.Metrics.MetricException">What does not fit, and the cure.</exception>
    internal virtual void Require(FeatureExtractor extractor, PictureSeries generated)
    {
    }

    /// <summary>Its figures, the one it is named after first.</summary>
    /// <param name="real">The real side; null where it wants none.</param>
    /// <param name="generated">The generated side.</param>
    /// <param name="extractor">What looked at both.</param>
    /// <exception cref="Sagan.Metrics.MetricException">Too few pictures, or features of two extractors.</exception>
    internal abstract IReadOnlyDictionary<string, double> Measure(CollectedFeatures? real, CollectedFeatures generated, FeatureExtractor extractor);
}
