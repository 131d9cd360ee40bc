using Sagan.Metrics;

namespace Sagan.Evaluation;

/// <summary>Pictures that are scored, or compared with: of a data set, a folder, an array, or drawn by a network.</summary>
public abstract class PictureSeries
{
    /// <summary>Whose they are, for people and cards.</summary>
    public abstract string Name { get; }

    /// <summary>How they came about.</summary>
    public virtual SampleOrigin Origin => new(Name);

    /// <summary>Changes with the pictures; null where nobody can tell without reading them all.</summary>
    public abstract string? Fingerprint { get; }

    /// <summary>How many there are; null: as many as are asked for.</summary>
    public abstract int? Count { get; }

    /// <summary>Names of the classes; empty where there are none.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>The first pictures, in an order that is always the same.</summary>
    /// <param name="count">At most <see cref="Count"/>.</param>
    public abstract IEnumerable<PixelRun> Read(int count);

    /// <summary>So many of the pictures, evenly spaced.</summary>
    /// <exception cref="MetricException">There are fewer, or these pictures are read as a whole only.</exception>
    public virtual PictureSeries Sampled(int count) =>
        throw new MetricException($"{Name}: only a data set can be sampled; take a metric that ends in _full");

    /// <summary>The class of each picture of a collection with an end.</summary>
    internal virtual IEnumerable<long> Labels() => Read(Count!.Value).SelectMany(run => run.Labels).Select(label => (long)label);
}
