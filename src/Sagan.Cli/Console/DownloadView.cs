using Sagan.Data;
using Spectre.Console;

namespace Sagan.Cli.Console;

/// <summary>Progress of fetching a file.</summary>
internal static class DownloadView
{
    /// <summary>Fetches with a bar in a terminal, with a line when piped; with nothing where nothing is fetched.</summary>
    internal static T WithProgress<T>(Func<IProgress<DownloadProgress>, T> work)
    {
        bool isInteractive = AnsiConsole.Profile.Capabilities.Interactive && !System.Console.IsErrorRedirected;
        return isInteractive ? WithBar(work) : work(new Lines());
    }

    private static T WithBar<T>(Func<IProgress<DownloadProgress>, T> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(System.Console.Error) });
        T? result = default;
        console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .Start(context => result = work(new Bar(context)));
        return result!;
    }

    private sealed class Bar(ProgressContext context) : IProgress<DownloadProgress>
    {
        private ProgressTask? _task;

        public void Report(DownloadProgress value)
        {
            _task ??= context.AddTask("Fetching");
            _task.MaxValue = value.Total;
            _task.Value = value.Done;
        }
    }

    private sealed class Lines : IProgress<DownloadProgress>
    {
        private bool _said;

        public void Report(DownloadProgress value)
        {
            if (!_said)
                System.Console.Error.WriteLine($"Fetching {value.Total / 1_000_000} MB from {value.Address}");
            _said = true;
        }
    }
}
