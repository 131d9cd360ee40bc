using System.CommandLine;
using Sagan.Cli.Console;
using Sagan.Evaluation;
using Sagan.Evaluation.Protocols;
using Sagan.Metrics.Features;
using Sagan.Tensors;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan compare</c>.</summary>
internal static class CompareCommand
{
    private static readonly Argument<string> s_first = new("a") { Description = "Pictures that are judged: a folder, an archive, an .npz or .npy of uint8. Or a file of cards." };
    private static readonly Argument<string> s_second = new("b") { Description = "Pictures that they are compared with, or statistics of them; or another file of cards." };

    private static readonly Option<string> s_metrics = new("--metrics")
    {
        Description = "Metrics with commas between: fid, kid, pr, prdc, intra_fid, is. All pictures count.",
        DefaultValueFactory = _ => "fid,kid,prdc",
    };

    private static readonly Option<string?> s_output = Options.Outfile("A file for the cards, one object of JSON a line.");
    private static readonly FeatureFlags s_features = new();
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("the cards");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "compare", "Compare two sets of pictures by FID, KID, precision and recall, density and coverage, as pytorch-fid and torch-fidelity do; or two files of cards.",
            "sagan compare samples/ real/",
            "sagan compare samples.npz cifar10-stats.npz --metrics fid --resize pytorch-fid",
            "sagan compare old.jsonl new.jsonl")
        {
            s_first, s_second, s_metrics, s_output, s_device, s_threads, s_json,
        };
        s_features.AddTo(command);
        command.SetAction((arguments, stop) => Task.Run(() => Failure.Guard(() => Run(arguments, stop)), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult arguments, CancellationToken stop)
    {
        string first = Existing("a", arguments.GetValue(s_first)!), second = Existing("b", arguments.GetValue(s_second)!);
        if (IsCards(first) || IsCards(second))
            return CompareCards(first, second);

        IReadOnlyList<Metric> metrics = MetricBook.ParseAll(arguments.GetValue(s_metrics)!);
        string? output = arguments.GetValue(s_output) is { } path ? Options.Output("--output", path) : null;
        PictureSeries pictures = PictureInput.Pictures(first);
        Reference reference = PictureInput.Reference(second);
        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using FeatureExtractor extractor = s_features.Open(arguments, data: null, device, stop);
        IReadOnlyList<MetricCard> cards = DataView.WithProgress(progress =>
            new Evaluator(extractor) { Real = _ => reference, Progress = progress, Stop = stop }.Evaluate(metrics, pictures));
        CardView.Show(cards, output, arguments.GetValue(s_json));
        return 0;
    }

    private static int CompareCards(string first, string second)
    {
        IReadOnlyList<MetricCard> ours = CardFile.Read(first), theirs = CardFile.Read(second);
        (MetricCard, MetricCard)[] pairs = [.. from card in ours from other in theirs where card.Metric == other.Metric select (card, other)];
        if (pairs.Length == 0)
            throw new UsageException($"{first} and {second} have no metric in common: {Names(ours)}, and {Names(theirs)}");
        foreach ((MetricCard card, MetricCard other) in pairs)
            card.RequireComparable(other);
        CardView.PrintPairs(pairs, System.Console.WriteLine);
        return 0;
    }

    private static bool IsCards(string path) => Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".json";

    private static string Names(IEnumerable<MetricCard> cards) => string.Join(", ", cards.Select(card => card.Metric));

    private static string Existing(string name, string path) => File.Exists(path) || Directory.Exists(path)
        ? path
        : throw new UsageException($"{name} {path}: there is no such file or folder");
}
