using System.CommandLine;

namespace Sagan.Benchmarks.Commands;

/// <summary><c>snapshot NAME FILE</c>: something to draw from.</summary>
internal static class SnapshotCommand
{
    private static readonly Argument<string> s_name = Options.Case();
    private static readonly Argument<string> s_file = new("file") { Description = "The snapshot to write." };

    internal static Command Create()
    {
        var command = new Command("snapshot", "Write a snapshot of networks after one update.") { s_name, s_file };
        command.SetAction(arguments => FreshSnapshot.Write(WorkloadBook.Find(arguments.GetValue(s_name)!), arguments.GetValue(s_file)!));
        return command;
    }
}
