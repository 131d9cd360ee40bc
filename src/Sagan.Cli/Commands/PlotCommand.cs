using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Plots;
using Sagan.Runs;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan plot</c>.</summary>
internal static class PlotCommand
{
    private static readonly Argument<string> s_run = new("run") { Description = "A run directory; the run may be going on." };
    private static readonly Option<string?> s_outdir = new("--outdir", "-o") { Description = "Folder for the charts. Default: plots in the run directory." };
    private static readonly Option<bool> s_json = Options.Json("the charts' paths");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "plot", "Draw a run's log: losses, logits, gradients, singular values of every layer, speed, diversity. Each chart is an SVG with its numbers in a CSV beside it.",
            "sagan plot runs/00000-tiny-toybox-b16",
            "sagan plot runs/00000-tiny-toybox-b16 -o charts")
        {
            s_run, s_outdir, s_json,
        };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        RunDirectory run = RunDirectory.Open(arguments.GetValue(s_run)!);
        string folder = arguments.GetValue(s_outdir) ?? run.PlotsFolder;
        IReadOnlyList<LineChart> charts = RunCharts.Of(run);
        if (charts.Count == 0)
            throw new RunException($"{run.Path}: nothing is logged yet; the first line comes after the first tick (--set tickImages=…)");

        IReadOnlyList<string> files = RunCharts.Write(charts, folder);
        if (arguments.GetValue(s_json))
            System.Console.WriteLine(new JsonArray([.. files.Select(file => (JsonNode)file)]).ToJsonString());
        else
            System.Console.WriteLine(string.Join(System.Environment.NewLine, files));
        return 0;
    }
}
