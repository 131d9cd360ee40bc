using Sagan.Data;
using Spectre.Console;

namespace Sagan.Cli.Console;

/// <summary>Progress of work on pictures, and the class table.</summary>
internal static class DataView
{
    /// <summary>Works with progress bars in a terminal, with a line now and then when piped: on standard error, so that standard output stays the command's own.</summary>
    internal static T WithProgress<T>(Func<IProgress<DataProgress>, T> work)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || System.Console.IsErrorRedirected)
            return work(new ProgressLines(System.Console.Error, TimeProvider.System));

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        T? result = default;
        console.Progress().AutoClear(true).HideCompleted(true).Start(context =>
        {
            var tasks = new Dictionary<string, ProgressTask>();
            result = work(new Forward(progress =>
            {
                lock (tasks)
                {
                    if (!tasks.TryGetValue(progress.Phase, out ProgressTask? task))
                        tasks[progress.Phase] = task = context.AddTask(Markup.Escape(progress.Phase));
                    task.IsIndeterminate = progress.Total is null;
                    task.MaxValue = progress.Total ?? 1;
                    task.Value = progress.Done;
                }
            }));
        });
        return result!;
    }

    /// <summary>Prints name and count of every class, then the warnings.</summary>
    internal static void PrintClasses(ClassTable table, Action<string> print) => PrintClasses(table.Classes, table.Warnings, print);

    /// <inheritdoc cref="PrintClasses(ClassTable, Action{string})"/>
    internal static void PrintClasses(IReadOnlyList<ClassCount> classes, IEnumerable<string> warnings, Action<string> print)
    {
        int width = Math.Min(24, classes.Max(entry => entry.Name.Length));
        var cells = classes.Select(entry => $"{entry.Name.PadRight(width)} {entry.Count,7}").ToArray();
        int columns = Math.Max(1, 76 / (width + 11));
        foreach (string[] row in cells.Chunk(columns))
            print("  " + string.Join("   ", row));
        foreach (string warning in warnings)
            print("  warning: " + warning);
    }

    // Progress<T> would post to other threads; the bar wants them in order.
    private sealed class Forward(Action<DataProgress> report) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => report(value);
    }
}
