using System.CommandLine;
using System.Text.Json.Nodes;
using Sagan.Cli.Console;

namespace Sagan.Cli.Commands;

/// <summary><c>sagan doctor</c>.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> s_json = Options.Json("the findings");

    internal static Command Create()
    {
        var command = new TaughtCommand(
            "doctor", "Look whether everything that training needs is here, and say how to cure what is not. Exit code 0: training can run.",
            "sagan doctor") { s_json };
        command.SetAction(arguments => Failure.Guard(() => Run(arguments.GetValue(s_json))));
        return command;
    }

    private static int Run(bool json)
    {
        IReadOnlyList<Finding> findings = Checkup.Run();
        bool ready = findings.All(finding => finding.State != FindingState.Missing || !finding.StopsTraining);
        if (json)
            System.Console.WriteLine(new JsonObject { ["ready"] = ready, ["findings"] = new JsonArray([.. findings.Select(ToJson)]) }.ToJsonString());
        else
            Print(findings, ready);
        return ready ? 0 : Failure.Failed;
    }

    private static void Print(IReadOnlyList<Finding> findings, bool ready)
    {
        int width = findings.Max(finding => finding.Subject.Length);
        foreach (Finding finding in findings)
        {
            System.Console.WriteLine($"{Word(finding.State),-8} {finding.Subject.PadRight(width)}  {finding.Text}");
            if (finding.Cure is not null)
                System.Console.WriteLine($"{"",-8} {"".PadRight(width)}  cure: {finding.Cure}");
        }

        System.Console.WriteLine();
        System.Console.WriteLine(ready ? "Training can run: sagan train" : "Training cannot run yet: see the cures above.");
    }

    private static JsonNode ToJson(Finding finding) => new JsonObject
    {
        ["state"] = Word(finding.State),
        ["subject"] = finding.Subject,
        ["text"] = finding.Text,
        ["cure"] = finding.Cure,
    };

    private static string Word(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Missing => "missing",
        _ => "note",
    };
}
