using System.CommandLine;
using System.Globalization;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Exploration;
using Sagan.Metrics.Features;
using Sagan.Models;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan curve</c>.</summary>
internal static class CurveCommand
{
    private const int DefaultBatches = 16;
    private const string Whole = "none";

    // Without classes there is no Inception Score; precision is the share of samples that look real, which truncation raises like it.
    // Of as many real pictures: neighbourhoods of all would be looked for anew at every point.
    private const string WithClasses = "fid10k_full,is10k", WithoutClasses = "fid10k_full,pr10k3_sub";

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string?> s_data = new("--data") { Description = "Real pictures to compare with, or a file of their statistics, as for `sagan evaluate`. Default: what the network was trained on." };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<string?> s_thresholds = new("--thresholds")
    {
        Description = FormattableString.Invariant($"A point each; {Whole} is no truncation. Default: {string.Join(',', TruncationSheet.DefaultThresholds)},{Whole}; in mode scale those up to 1."),
    };

    private static readonly Option<string?> s_mode = TruncationFlags.Mode();
    private static readonly Option<int?> s_standing = TruncationFlags.Standing($"{DefaultBatches} for each point, none where the network has statistics for each threshold; 0 takes the running statistics of training at all points");
    private static readonly Option<string?> s_metrics = new("--metrics")
    {
        Description = $"Metrics with commas between, as for `sagan evaluate`: the first goes upwards, the second to the right, all into the table. Default: {WithClasses}; {WithoutClasses} (FID against precision) where the features know no classes.",
    };

    private static readonly Option<int?> s_samples = new("--samples") { Description = "Pictures to draw at each point, instead of what the metrics' names say." };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Decides which pictures are drawn, the same at all points.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> s_output = Options.Outfile("The figure, an SVG; the table (.csv) and the cards (.jsonl) go beside it. Default: curve-NAME.svg in the current folder.");
    private static readonly FeatureFlags s_features = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the files and all cards");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "curve", "Score a network at rising truncation thresholds and draw the curve: FID against Inception Score, as BigGAN's authors do. Each point has batch statistics of its own.",
            "sagan curve runs/00000-tiny-toybox-b16",
            "sagan curve snapshot.safetensors --thresholds 0.25,0.5,1,none --samples 50000",
            "sagan curve runs/00003-cats --features classifier:cats.safetensors -o cats.svg")
        {
            s_network, s_data, s_split, s_thresholds, s_mode, s_standing, s_metrics, s_samples, s_seed, s_output, s_device, s_threads, s_json,
        };
        s_features.AddTo(command);
        command.SetAction((arguments, stop) => Task.Run(() => Failure.Guard(() => Run(arguments, stop)), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        string network = arguments.GetValue(s_network)!;
        int? samples = Options.Positive("--samples", arguments.GetValue(s_samples));
        var report = new CurveReport(NetworkFile.NameOf(network), Output(arguments.GetValue(s_output), network));
        Snapshot snapshot = NetworkFile.Open(network);
        IReadOnlyList<Truncation?> truncations = Truncations(arguments.GetValue(s_thresholds), TruncationFlags.ModeOf(arguments.GetValue(s_mode), snapshot));
        IReadOnlyList<Metric>? chosen = arguments.GetValue(s_metrics) is { } names ? MetricBook.ParseAll(names, samples) : null;
        if (chosen is [_])
            throw new UsageException($"--metrics {chosen[0].Name}: a curve needs two, for instance {WithClasses}");

        using var real = new RealSide(arguments.GetValue(s_data), arguments.GetValue(s_split), snapshot);
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using FeatureExtractor extractor = s_features.Open(arguments, real.Data, device, stop);
        IReadOnlyList<Metric> metrics = chosen ?? MetricBook.ParseAll(extractor.LogitCount is null ? WithoutClasses : WithClasses, samples);
        Drawing[] drawings = [.. truncations.Select(truncation => new Drawing(truncation, Standing(arguments.GetValue(s_standing), truncation, snapshot)))];
        DataView.WithProgress(whole =>
        {
            var progress = new PointProgress(whole);
            var evaluator = new Evaluator(extractor) { Real = real.Of, Progress = progress, Stop = stop };
            foreach (Drawing drawing in drawings)
            {
                progress.Point = $"T = {new CurvePoint(drawing.Truncation, []).Threshold}";
                using ScoredTarget scored = ScoredTarget.OfNetwork(network, snapshot, drawing, arguments.GetValue(s_seed), device, progress);
                report.Add(new CurvePoint(drawing.Truncation, evaluator.Evaluate(metrics, scored.Pictures)));
            }

            return drawings.Length;
        });

        System.Console.WriteLine(arguments.GetValue(s_json) ? report.ToJson().ToJsonString() : report.Table(metrics));
        return 0;
    }

    private static string Output(string? given, string network)
    {
        string path = Options.Output("--output", given ?? $"curve-{NetworkFile.NameOf(network)}.svg");
        return Path.GetExtension(path) == ".svg" ? path : throw new UsageException($"--output {path}: the figure is an SVG; name it {Path.ChangeExtension(path, ".svg")}");
    }

    /// <summary>From strong to none, each once.</summary>
    private static IReadOnlyList<Truncation?> Truncations(string? text, TruncationMode mode)
    {
        IEnumerable<double> thresholds = text is null
            ? [.. TruncationSheet.DefaultThresholds.Where(threshold => mode != TruncationMode.Scale || threshold <= Truncation.MostScale), double.PositiveInfinity]
            : text.Split(',', StringSplitOptions.TrimEntries).Select(part => Threshold(text, part));
        return [.. thresholds.Distinct().Order().Select(threshold => double.IsPositiveInfinity(threshold) ? null : new Truncation(threshold, mode))];
    }

    private static double Threshold(string text, string part)
    {
        if (part == Whole)
            return double.PositiveInfinity;
        return double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold) && double.IsFinite(threshold)
            ? threshold
            : throw new UsageException($"--thresholds {text}: '{part}' is no number; write for instance 0.25,0.5,1,{Whole}");
    }

    // A table of statistics is of scaled latents; all other points have none that fit.
    private static StandingDraws? Standing(int? given, Truncation? truncation, Snapshot snapshot)
    {
        bool hasOwn = TruncationFlags.HasStatistics(snapshot) && truncation is null or { Mode: TruncationMode.Scale };
        return TruncationFlags.StandingOf(given ?? (hasOwn ? 0 : DefaultBatches), snapshot);
    }

    private sealed class PointProgress(IProgress<DataProgress> whole) : IProgress<DataProgress>
    {
        internal string Point { get; set; } = "";

        public void Report(DataProgress value) => whole.Report(value with { Phase = $"{Point}: {value.Phase}" });
    }
}
