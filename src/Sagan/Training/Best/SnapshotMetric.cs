using System.Text.Json.Serialization;
using Sagan.Data;
using Sagan.Models;

namespace Sagan.Training.Best;

/// <summary>A number that tells better snapshots from worse ones. A new one is one file and one line here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "metric")]
[JsonDerivedType(typeof(DiversityMetric), DiversityMetric.Kind)]
[JsonDerivedType(typeof(MarginMetric), MarginMetric.Kind)]
[JsonDerivedType(typeof(ToyboxMetric), ToyboxMetric.Kind)]
[JsonDerivedType(typeof(ScoreMetric), ScoreMetric.Kind)]
public abstract record SnapshotMetric
{
    /// <summary>What to write for it, as in <c>--keep best=NAME</c>.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    /// <summary>Whether more is better.</summary>
    [JsonIgnore]
    public abstract bool HigherIsBetter { get; }

    /// <summary>All metrics that look at a snapshot as it is written; scores that the run takes besides have names of their own.</summary>
    public static IReadOnlyList<SnapshotMetric> All { get; } = [new DiversityMetric(), new MarginMetric(), new ToyboxMetric()];

    /// <summary>The metric of that name.</summary>
    /// <exception cref="ConfigException">There is none.</exception>
    public static SnapshotMetric Parse(string name) => All.FirstOrDefault(metric => metric.Name == name)
        ?? (ScoreMetric.IsScore(name) ? new ScoreMetric(name) : null)
        ?? throw new ConfigException("keep.best", $"'{name}' is no metric; there are {string.Join(", ", All.Select(metric => metric.Name))}, and what --metrics names, as fid5k_full");

    /// <summary>Refuses data that it cannot judge, before training starts.</summary>
    /// <exception cref="ConfigException">Names the setting and the cure.</exception>
    public virtual void Require(Dataset dataset)
    {
    }

    /// <summary>Measures a snapshot; null where it has no value.</summary>
    internal abstract double? Measure(SnapshotReading reading);
}
