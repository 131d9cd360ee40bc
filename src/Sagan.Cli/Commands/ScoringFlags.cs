using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Evaluation.Protocols;
using Sagan.Training.Scoring;

namespace Sagan.Cli.Commands;

/// <summary>The flags that choose the scores of a run, shared by the commands that train.</summary>
internal sealed class ScoringFlags
{
    private const string None = "none";

    private readonly Option<string?> _metrics = new("--metrics")
    {
        Description = "Scores to take of the run's snapshots, as for `sagan evaluate`, with commas between: fid5k_full,kid5k_full. The ending _sub compares with as many real pictures as are drawn: quick, for curves of one run. none: no scores. Default: the recipe's.",
    };

    private readonly Option<string?> _every = new("--metric-every")
    {
        Description = "Pictures between two scores, e.g. 100k: they are taken at the first snapshot from there on, and at the end. Default: at every snapshot.",
    };

    private readonly Option<string?> _features = FeatureFlags.Features(), _resize = FeatureFlags.Resize();

    /// <summary>Adds the flags to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Add(_metrics);
        command.Add(_every);
        command.Add(_features);
        command.Add(_resize);
    }

    /// <summary>Whether any of them was given.</summary>
    internal bool Given(ParseResult arguments) => new[] { _metrics, _every, _features, _resize }.Any(flag => arguments.GetValue(flag) is not null);

    /// <summary>A configuration's scores with the flags' changes.</summary>
    /// <param name="arguments">The flags.</param>
    /// <param name="former">What it asks for; null: no scores.</param>
    internal ScoringConfig? Apply(ParseResult arguments, ScoringConfig? former)
    {
        if (!Given(arguments))
            return former;
        string? names = arguments.GetValue(_metrics);
        if (names == None)
            return null;
        if (names is null && former is null)
            throw new UsageException("--metric-every, --features and --resize are for scores, and this run takes none; name some, for instance --metrics fid5k_full");
        if (names is not null)
            MetricBook.ParseAll(names);

        // Another extractor has its own way of resizing.
        string? features = arguments.GetValue(_features) is { } choice ? Absolute(choice) : null;
        ScoringConfig scoring = former ?? new ScoringConfig { Names = names! };
        return scoring with
        {
            Names = names ?? scoring.Names,
            EveryImages = arguments.GetValue(_every) is { } every ? Options.Images("--metric-every", every) : scoring.EveryImages,
            Features = features ?? scoring.Features,
            Resize = arguments.GetValue(_resize) ?? (features is null ? scoring.Resize : null),
        };
    }

    // The run may be continued from another folder.
    private static string Absolute(string choice) =>
        choice.Split(':', 2) is [string kind, { Length: > 0 } file] ? $"{kind}:{Path.GetFullPath(file)}" : choice;
}
