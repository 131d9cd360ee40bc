using System.Globalization;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Tensors;
using Sagan.Training;
using Sagan.Training.Scoring;

namespace Sagan.Cli.Console;

/// <summary>Scores of a run in training as people see them, and the wait before the first.</summary>
internal static class ScoreView
{
    /// <summary>Opens the scorer that a configuration asks for and looks at the real pictures; null where it asks for none. The caller owns it.</summary>
    internal static SnapshotScorer? Open(TrainingConfig config, Dataset dataset, Device device, CancellationToken stop)
    {
        SnapshotScorer? scorer = DownloadView.WithProgress(progress => SnapshotScorer.Open(config, dataset, device, progress: progress, stop: stop));
        if (scorer is null)
            return null;
        try
        {
            return DataView.WithProgress(progress =>
            {
                scorer.Progress = progress;
                scorer.Prepare(stop);
                scorer.Progress = null;
                return scorer;
            });
        }
        catch
        {
            scorer.Dispose();
            throw;
        }
    }

    /// <summary>One line: <c>fid1k_sub 0.123  pr1k3_sub 0.81</c>.</summary>
    internal static string Line(ScoreReport report) => string.Join("  ", report.Scores.Select(Figure));

    /// <summary>One score.</summary>
    internal static string Figure(Score score) => $"{score.Metric} {Number(score.Value)}";

    /// <summary>A figure with as many digits as it is worth.</summary>
    internal static string Number(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00000", CultureInfo.InvariantCulture),
    };
}
