using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Metrics.Features;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> s_target = new("target")
    {
        Description = "A snapshot file or run directory; or pictures: a folder, an archive, an .npz or .npy of uint8.",
    };

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Real pictures to compare with (a folder, an archive, toybox), or a file of their statistics of any tool. Default: what the network was trained on.",
    };

    private static readonly Option<string> s_metrics = new("--metrics")
    {
        Description = $"Metrics with commas between: {string.Join(", ", MetricBook.Examples.Select(metric => metric.Name))}. The number says how many pictures are drawn, full or test what they are compared with.",
        DefaultValueFactory = _ => "fid10k_full,kid10k_full,prdc10k5_full",
    };

    private static readonly Option<int?> s_samples = new("--samples") { Description = "Pictures to draw, instead of what the metrics' names say." };
    private static readonly Option<long> s_seed = new("--seed") { Description = "Decides which pictures are drawn.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> s_repeats = new("--repeats") { Description = "How often, with other latents each; figures are then mean ± deviation.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> s_split = Options.Split();
    private static readonly Option<string?> s_output = Options.Outfile("A file for the cards, one object of JSON a line.");
    private static readonly FeatureFlags s_features = new();
    private static readonly TruncationFlags s_truncation = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the cards");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "evaluate", "Score a network, or pictures, by FID, KID, Inception Score, precision, recall, density, coverage, intra-class FID, accuracy.",
            "sagan evaluate runs/00000-tiny-toybox-b16",
            "sagan evaluate snapshot.safetensors --data cifar10.tar.gz --metrics fid50k_full,is50k",
            "sagan evaluate samples/ --data real/ --metrics fid,pr --features classifier:cats.safetensors")
        {
            s_target, s_data, s_metrics, s_samples, s_seed, s_repeats, s_split, s_output, s_device, s_threads, s_json,
        };
        s_features.AddTo(command);
        s_truncation.AddTo(command);
        command.SetAction((arguments, stop) => Task.Run(() => Failure.Guard(() => Run(arguments, stop)), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        IReadOnlyList<Metric> metrics = MetricBook.ParseAll(arguments.GetValue(s_metrics)!, Options.Positive("--samples", arguments.GetValue(s_samples)));
        int repeats = Options.Positive("--repeats", arguments.GetValue(s_repeats))!.Value;
        string? output = arguments.GetValue(s_output) is { } path ? Options.Output("--output", path) : null;
        string target = arguments.GetValue(s_target)!;
        Snapshot? snapshot = ScoredTarget.IsNetwork(target) ? NetworkFile.Open(target) : null;
        if (snapshot is null && s_truncation.Given(arguments))
            throw new UsageException($"{target}: truncation is for a network that draws, and these are pictures");

        using var real = new RealSide(arguments.GetValue(s_data), arguments.GetValue(s_split), snapshot);
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using FeatureExtractor extractor = s_features.Open(arguments, real.Data, device, stop);
        using ScoredTarget scored = snapshot is null
            ? ScoredTarget.OfPictures(target)
            : DataView.WithProgress(progress => ScoredTarget.OfNetwork(target, snapshot, s_truncation.Read(arguments, snapshot), arguments.GetValue(s_seed), device, progress));
        IReadOnlyList<MetricCard> cards = DataView.WithProgress(progress =>
            new Evaluator(extractor) { Real = real.Of, Progress = progress, Stop = stop }.Evaluate(metrics, scored.Pictures, repeats));

        CardView.Show(cards, output, arguments.GetValue(s_json));
        return 0;
    }
}
