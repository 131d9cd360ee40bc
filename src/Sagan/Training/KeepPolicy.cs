using System.Globalization;
using Sagan.Models;
using Sagan.Training.Best;

namespace Sagan.Training;

/// <summary>Which snapshots stay on disk; by default so few that the disk never fills.</summary>
public sealed record KeepPolicy
{
    /// <summary>The newest that stay.</summary>
    public int Last { get; init; } = 2;

    /// <summary>Besides, the first at or after every multiple of so many images stays for good; null: none.</summary>
    public long? EveryImages { get; init; }

    /// <summary>By what the best snapshot is chosen, which stays for good and is named in <c>best.json</c>; null: none is.</summary>
    public SnapshotMetric? Best { get; init; }

    /// <summary>Reads <c>last=N,every=M,best=METRIC</c>; M in images, with k or m for thousands or millions.</summary>
    /// <exception cref="ConfigException">Not of that form, or no such metric.</exception>
    public static KeepPolicy Parse(string text)
    {
        var policy = new KeepPolicy();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=', 2);
            policy = pair switch
            {
                ["last", string n] when int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int last) => policy with { Last = last },
                ["every", string m] when ImageCount.TryParse(m, out long every) && every > 0 => policy with { EveryImages = every },
                ["best", string metric] => policy with { Best = SnapshotMetric.Parse(metric) },
                _ => throw new ConfigException("keep", $"'{part}' is neither last=N, every=M nor best=METRIC; write for instance last=3,every=100k,best=diversity"),
            };
        }

        return policy;
    }

    /// <summary>The snapshots, given by their images in any order, that may go.</summary>
    public IEnumerable<long> Expendable(IEnumerable<long> snapshots)
    {
        long[] ordered = [.. snapshots.Order()];
        for (int i = 0; i < ordered.Length - Last; i++)
        {
            long former = i == 0 ? -1 : ordered[i - 1];
            bool crossesMultiple = EveryImages is { } every && former / every != ordered[i] / every && ordered[i] >= every;
            if (!crossesMultiple)
                yield return ordered[i];
        }
    }
}
