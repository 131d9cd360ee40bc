using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;
using Sagan.Data;
using Sagan.Imaging;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan data inspect</c>.</summary>
internal static class DataInspectCommand
{
    private const int MostLines = 10;

    private static readonly JsonSerializerOptions s_jsonOptions = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly Argument<string> s_path = DataCommand.PathArgument();
    private static readonly Option<string?> s_split = DataCommand.Split();
    private static readonly Option<string?> s_sheet = new("--sheet") { Description = "Where the contact sheet goes. Default: NAME-sheet.png in the current folder." };
    private static readonly Option<bool> s_json = Options.Json("the report, with every name,");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "inspect", "Decode every picture and tell what may hurt training: classes, sizes, modes, damaged files, duplicates; with a contact sheet.",
            "sagan data inspect pictures/ --sheet look.png",
            "sagan data inspect toybox") { s_path, s_split, s_sheet, s_json };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments)));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        string? wanted = arguments.GetValue(s_sheet) is { } file ? Options.Output("--sheet", file) : null;
        DatasetReport report = Inspect(arguments.GetValue(s_path)!, arguments.GetValue(s_split));
        string? sheet = report.ContactSheet is null ? null : wanted ?? $"{report.Name}-sheet.png";
        if (sheet is not null)
            PngFile.Write(sheet, report.ContactSheet!, new Dictionary<string, string> { ["Software"] = "Sagan", ["sagan:dataset"] = report.Name });

        if (arguments.GetValue(s_json))
            System.Console.WriteLine(ToJson(report, sheet).ToJsonString());
        else
            Print(report, sheet);
        return 0;
    }

    private static DatasetReport Inspect(string path, string? split)
    {
        if (DataCommand.IsToybox(path, split))
            return DatasetReport.Create(new ToyboxConfig());
        using PictureSource source = PictureSources.Open(path, split);
        return DataView.WithProgress(progress => DatasetReport.Create(source, progress));
    }

    private static void Print(DatasetReport report, string? sheet)
    {
        System.Console.WriteLine($"{report.Name}: {report.Description}");
        System.Console.WriteLine($"{report.Count} pictures, {report.Classes.Count} classes");
        DataView.PrintClasses(report.Classes, [], System.Console.WriteLine);
        PrintList("sizes", [.. report.Sizes.Select(size => $"{size.Width}x{size.Height}".PadRight(11) + $" {size.Count,7}")]);
        PrintList("modes", [.. report.Modes.Select(mode => $"{mode.Mode,-11} {mode.Count,7}")]);
        PrintList("cannot be decoded", [.. report.Bad.Select(bad => $"{bad.Name}: {bad.Reason}")]);
        PrintList("equal pictures", [.. report.Duplicates.Select(same => string.Join(" = ", same.Names) + (same.AcrossClasses ? "   (in several classes)" : ""))]);
        PrintList("warnings", report.Warnings);
        System.Console.WriteLine(sheet is null ? "No picture can be decoded, so there is no contact sheet." : $"Contact sheet in {sheet}");
    }

    private static void PrintList(string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        System.Console.WriteLine($"{title}:");
        foreach (string line in lines.Take(MostLines))
            System.Console.WriteLine("  " + line);
        if (lines.Count > MostLines)
            System.Console.WriteLine($"  … and {lines.Count - MostLines} more; --json lists them all");
    }

    private static JsonObject ToJson(DatasetReport report, string? sheet) => new()
    {
        ["name"] = report.Name,
        ["description"] = report.Description,
        ["count"] = report.Count,
        ["classes"] = JsonSerializer.SerializeToNode(report.Classes, s_jsonOptions),
        ["sizes"] = JsonSerializer.SerializeToNode(report.Sizes, s_jsonOptions),
        ["modes"] = JsonSerializer.SerializeToNode(report.Modes, s_jsonOptions),
        ["bad"] = JsonSerializer.SerializeToNode(report.Bad, s_jsonOptions),
        ["duplicates"] = JsonSerializer.SerializeToNode(report.Duplicates, s_jsonOptions),
        ["warnings"] = JsonSerializer.SerializeToNode(report.Warnings, s_jsonOptions),
        ["sheet"] = sheet,
    };
}
