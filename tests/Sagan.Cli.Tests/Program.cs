using System.Diagnostics;

namespace Sagan.Cli.Tests;

/// <summary>The built program, run as users run it: a process of its own in a folder of its own.</summary>
internal sealed class Program : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    private readonly string _assembly;

    /// <param name="folder">Where <c>Sagan.Cli.dll</c> lies; null: beside the tests.</param>
    internal Program(string? folder = null) => _assembly = Path.Combine(folder ?? AppContext.BaseDirectory, "Sagan.Cli.dll");

    /// <summary>The working directory; removed at the end.</summary>
    internal string Folder { get; } = Directory.CreateTempSubdirectory("sagan-cli-").FullName;

    /// <summary>Variables that it is started with, besides those of the tests.</summary>
    internal Dictionary<string, string> Variables { get; } = [];

    /// <summary>A path in the working directory.</summary>
    internal string In(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>Runs to the end; arguments are split at blanks.</summary>
    internal Outcome Run(string arguments)
    {
        using Process process = Start(arguments);
        return Finish(process, process.StandardOutput.ReadToEndAsync());
    }

    /// <summary>Asks the process to stop as soon as it has written a line that starts so.</summary>
    internal Outcome TerminateAfter(string line, string arguments)
    {
        using Process process = Start(arguments);
        string output = "", read;
        do
        {
            read = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"ended before '{line}': {output}");
            output += read + "\n";
        }
        while (!read.StartsWith(line, StringComparison.Ordinal));

        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Outcome end = Finish(process, process.StandardOutput.ReadToEndAsync());
        return end with { Output = output + end.Output };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private Process Start(string arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_assembly, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SAGAN_CACHE"] = In("cache");
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string name, string value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static Outcome Finish(Process process, Task<string> output)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the program did not end within {s_limit}");
        }

        return new Outcome(process.ExitCode, output.Result, errors.Result);
    }
}
