using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Exploration;
using Sagan.Imaging;
using Sagan.Models;
using Sagan.Runs;
using Sagan.Tensors;
using Sagan.Training;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan truncation</c>.</summary>
internal static class TruncationCommand
{
    private const string DefaultSeeds = "0-9";
    private const int DefaultBatches = 16;

    private static readonly Argument<string> s_network = NetworkFile.Argument();
    private static readonly Option<string?> s_output = Options.Outfile("The sheet. Default: truncation-NAME.png in the current folder.");
    private static readonly Option<string?> s_seeds = new("--seeds") { Description = $"A column each: 0-9 or 1,5,9-12. Default: {DefaultSeeds}." };
    private static readonly Option<string?> s_class = new("--class") { Description = "What to draw: the name or number of a class. Default: the classes in turn, one a column." };
    private static readonly Option<string?> s_steps = new("--steps") { Description = $"Thresholds, a row each. Default: {Text(TruncationSheet.DefaultThresholds)}; in mode scale those up to 1." };
    private static readonly Option<string?> s_mode = TruncationFlags.Mode();
    private static readonly Option<int?> s_standing = TruncationFlags.Standing($"{DefaultBatches} for each row, none where the network has statistics for each threshold; 0 takes the running statistics of training in all rows");
    private static readonly Option<string> s_device = Options.Device();
    private static readonly Option<int?> s_threads = Options.Threads();
    private static readonly Option<bool> s_json = Options.Json("what was written");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "truncation", "Draw one sheet of the same seeds at rising truncation thresholds: from typical and alike to varied and sometimes broken. Each row has batch statistics of its own.",
            "sagan truncation runs/00000-tiny-toybox-b16",
            "sagan truncation runs/00000-tiny-toybox-b16 --class star --seeds 0-15 -o stars.png",
            "sagan truncation snapshot.safetensors --steps 0.25,0.5,1 --standing 100")
        {
            s_network, s_output, s_seeds, s_class, s_steps, s_mode, s_standing, s_device, s_threads, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string network = arguments.GetValue(s_network)!;
        string output = Options.Output("--output", arguments.GetValue(s_output) ?? $"truncation-{NetworkFile.NameOf(network)}.png");
        string seedText = arguments.GetValue(s_seeds) ?? DefaultSeeds;
        IReadOnlyList<long> seeds = Options.Seeds(seedText);
        Snapshot snapshot = NetworkFile.Open(network);
        TruncationMode mode = TruncationFlags.ModeOf(arguments.GetValue(s_mode), snapshot);
        Truncation[] rows = [.. Thresholds(arguments.GetValue(s_steps), mode).Select(threshold => new Truncation(threshold, mode))];
        int batches = arguments.GetValue(s_standing) ?? (TruncationFlags.HasStatistics(snapshot) && mode == TruncationMode.Scale ? 0 : DefaultBatches);
        bool isConditional = snapshot.Model.Conditional;
        IReadOnlyList<int> classes = ClassChoice.Parse(arguments.GetValue(s_class), snapshot)
            ?? [.. Enumerable.Range(0, isConditional ? snapshot.ClassNames.Count : 1)];
        SampleRequest[] columns = [.. seeds.Index().Select(one => new SampleRequest(one.Item, classes[one.Index % classes.Count]))];
        var sheet = new TruncationSheet(rows, columns, TruncationFlags.StandingOf(batches, snapshot));

        Device device = Options.Prepare(arguments.GetValue(s_device)!, arguments.GetValue(s_threads));
        using Generator generator = snapshot.LoadGenerator(device);
        IReadOnlyList<Raster> pictures = DataView.WithProgress(progress => sheet.Draw(generator, device, progress));
        string[] rowNames = [.. rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"T = {row.Threshold}"))];
        string[] columnNames = [.. columns.Select(column => isConditional && classes.Count > 1 ? snapshot.ClassNames[column.Label] : $"seed {column.Seed}")];
        SampleSheet.Write(output, pictures, columns.Length, rowNames, Texts(snapshot, sheet, seedText, columns), columnNames);

        Report(snapshot, sheet, output, arguments.GetValue(s_json));
        return 0;
    }

    private static IEnumerable<double> Thresholds(string? text, TruncationMode mode)
    {
        if (text is null)
            return TruncationSheet.DefaultThresholds.Where(threshold => mode != TruncationMode.Scale || threshold <= Truncation.MostScale);
        return text.Split(',', StringSplitOptions.TrimEntries).Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double threshold)
                ? threshold
                : throw new UsageException($"--steps {text}: '{part}' is no number; write for instance 0.25,0.5,1"));
    }

    private static Dictionary<string, string> Texts(Snapshot snapshot, TruncationSheet sheet, string seeds, SampleRequest[] columns) =>
        new(new PictureLabels(snapshot, new Drawing(null, sheet.Standing)).SheetTexts(seeds, [.. columns.Select(column => column.Label).Distinct()]))
        {
            ["sagan:truncations"] = $"{Text(sheet.Rows.Select(row => row.Threshold))} {sheet.Rows[0].ModeName}",
        };

    private static void Report(Snapshot snapshot, TruncationSheet sheet, string output, bool json)
    {
        if (json)
        {
            System.Console.WriteLine(new JsonObject
            {
                ["snapshot"] = snapshot.Path,
                ["images"] = snapshot.Clock,
                ["sheet"] = output,
                ["thresholds"] = new JsonArray([.. sheet.Rows.Select(row => (JsonNode)row.Threshold)]),
                ["mode"] = sheet.Rows[0].ModeName,
                ["standingBatches"] = sheet.Standing?.Batches ?? 0,
                ["standingBatchSize"] = sheet.Standing?.BatchSize,
            }.ToJsonString());
            return;
        }

        string statistics = sheet.Standing is null
            ? TruncationFlags.HasStatistics(snapshot) ? "statistics of each row from the network" : "the running statistics of training in all rows"
            : $"statistics of each row from {Drawing.StandingName(sheet.Standing)}";
        System.Console.WriteLine($"{sheet.Rows.Count} thresholds of {Path.GetFileName(snapshot.Path)} in {output}; {statistics}");
    }

    private static string Text(IEnumerable<double> numbers) => string.Join(",", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
