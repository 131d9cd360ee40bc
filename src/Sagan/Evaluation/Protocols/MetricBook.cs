using System.Globalization;
using System.Text.RegularExpressions;
using Sagan.Models;

namespace Sagan.Evaluation.Protocols;

/// <summary>Metrics by name: what, how many pictures, constants, compared with what. <c>fid50k_full</c>, <c>prdc10k5_test</c>, <c>is5k</c>.</summary>
public static partial class MetricBook
{
    private static readonly Dictionary<string, Func<Written, Metric>> s_families = new(StringComparer.Ordinal)
    {
        ["fid"] = name => new FidMetric(name.Text, name.Samples, name.Part),
        ["is"] = name => new InceptionScoreMetric(name.Text, name.Samples),
        ["kid"] = name => new KidMetric(name.Text, name.Samples, name.Part),
        ["pr"] = name => new NeighbourhoodMetric(name.Text, name.Samples, name.Part, name.Neighbours ?? 3, WithDensity: false),
        ["prdc"] = name => new NeighbourhoodMetric(name.Text, name.Samples, name.Part, name.Neighbours ?? 5, WithDensity: true),
        ["intra_fid"] = name => new IntraFidMetric(name.Text, name.Samples, name.Part),
        ["accuracy"] = name => new AccuracyMetric(name.Text, name.Samples),
    };

    /// <summary>One example of each family, for help.</summary>
    public static IReadOnlyList<Metric> Examples { get; } =
        [.. new[] { "fid50k_full", "fid50k_test", "is50k", "kid50k_full", "pr50k3_full", "prdc50k5", "intra_fid", "accuracy10k" }.Select(Parse)];

    /// <summary>Reads a list of names with commas between.</summary>
    /// <param name="names">The list.</param>
    /// <param name="samples">Pictures to draw instead of the names' numbers; null leaves those.</param>
    /// <exception cref="ConfigException">A name is none, or stands twice.</exception>
    public static IReadOnlyList<Metric> ParseAll(string names, int? samples = null)
    {
        Metric[] metrics =
        [
            .. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(name => Parse(samples is { } count ? Renamed(name, count) : name)),
        ];
        if (metrics.Length == 0)
            throw new ConfigException("--metrics", "names no metric; write for instance fid50k_full,is50k");
        if (metrics.GroupBy(metric => metric.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ConfigException("--metrics", $"{twice.Key} stands there twice");
        return metrics;
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="ConfigException">There is no such metric; the message shows what is understood.</exception>
    public static Metric Parse(string name)
    {
        Match match = Pattern().Match(name);
        if (!match.Success || !s_families.TryGetValue(match.Groups["family"].Value, out Func<Written, Metric>? make))
            throw Unknown(name);
        bool isNeighbourhood = match.Groups["family"].Value is "pr" or "prdc";
        bool isAlone = match.Groups["family"].Value is "is" or "accuracy";
        string part = match.Groups["part"].Value, neighbours = match.Groups["neighbours"].Value;
        if ((neighbours.Length > 0 && !isNeighbourhood) || (part.Length > 0 && isAlone))
            throw Unknown(name);
        return make(new Written(name, Number(match, "samples"), Number(match, "neighbours"), part switch
        {
            "test" => RealPart.Test,
            "sub" => RealPart.Sub,
            _ => RealPart.Full,
        }));
    }

    // The number of pictures is part of the name: fid50k_full of 5,000 pictures is fid5k_full.
    private static string Renamed(string name, int samples)
    {
        Match match = Pattern().Match(name);
        string thousands = samples % 1000 == 0 ? FormattableString.Invariant($"{samples / 1000}k{match.Groups["neighbours"].Value}") : samples.ToString(CultureInfo.InvariantCulture);
        return match.Success ? $"{match.Groups["family"].Value}{thousands}{(match.Groups["part"].Success ? "_" + match.Groups["part"].Value : "")}" : name;
    }

    private static int? Number(Match match, string group)
    {
        if (!match.Groups[group].Success)
            return null;
        int thousands = group == "samples" && match.Groups["thousands"].Success ? 1000 : 1;
        return int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) * thousands;
    }

    private static ConfigException Unknown(string name) => new(
        "--metrics",
        $"there is no '{name}'; write fid, is, kid, pr, prdc, intra_fid or accuracy, then how many pictures, for instance {string.Join(", ", Examples.Select(metric => metric.Name))}");

    // The k behind a number of pictures ends it: pr50k3 is 50,000 pictures and 3 neighbours.
    [GeneratedRegex("^(?<family>[a-z]+(?:_fid)?)(?:(?<samples>[1-9][0-9]{0,5})(?:(?<thousands>k)(?<neighbours>[1-9][0-9]?)?)?)?(?:_(?<part>full|test|sub))?$")]
    private static partial Regex Pattern();

    private sealed record Written(string Text, int? Samples, int? Neighbours, RealPart Part);
}
