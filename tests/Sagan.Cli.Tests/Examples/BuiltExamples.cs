using System.Diagnostics;
using Sagan.Tests;

namespace Sagan.Cli.Tests.Examples;

/// <summary>The packages of this build, and both examples built with them as somebody else would, in a folder of their own.</summary>
public sealed class BuiltExamples : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("sagan-examples-").FullName;

    /// <summary>Packs once and builds each example once. Nothing is fetched: other people's packages are those that this build has.</summary>
    public BuiltExamples()
    {
        Dotnet(SourceTree.Root, "pack", "Sagan.slnx", "-c", Configuration, "--no-build", "-o", Packages);

        CopyExamples();
        foreach (string example in new[] { "Console", "WebApi" })
            Dotnet(_folder, "build", Path.Combine("examples", example), "-c", "Release", "-p:UseSharedCompilation=false");
    }

    /// <summary>Where the packages lie: the examples' <c>nuget.config</c> looks there.</summary>
    internal string Packages => Path.Combine(_folder, "artifacts", "packages");

    /// <summary>Installs the command line from its package.</summary>
    /// <returns>The program.</returns>
    internal string InstallTool()
    {
        string tools = Path.Combine(_folder, "tools");
        Dotnet(Path.Combine(_folder, "examples"), "tool", "install", "Sagan.Cli", "--tool-path", tools);
        return Path.Combine(tools, "sagan");
    }

    /// <summary>Starts an example.</summary>
    internal static ProcessStartInfo StartOf(string program, string workingDirectory, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = workingDirectory,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>The built program of an example.</summary>
    internal string ProgramOf(string example) => Path.Combine(_folder, "examples", example, "bin", "Release", "net10.0", example);

    /// <summary>Runs a program to its end.</summary>
    internal static Outcome Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {s_limit}");
        }

        return new Outcome(process.ExitCode, output.Result, errors.Result);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void CopyExamples()
    {
        string examples = Path.Combine(SourceTree.Root, "examples");
        foreach (string file in Directory.EnumerateFiles(examples, "*", SearchOption.AllDirectories).Where(file => !IsBuilt(Path.GetRelativePath(examples, file))))
        {
            string copy = Path.Combine(_folder, "examples", Path.GetRelativePath(examples, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(_folder, "examples", "nuget.config"), OfflineFeeds());
    }

    private static string OfflineFeeds()
    {
        string home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen ? chosen : home;
        return $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="../artifacts/package-cache" /></config>
              <packageSources><clear /><add key="sagan" value="../artifacts/packages" /></packageSources>
              <fallbackPackageFolders><clear /><add key="known" value="{known}" /></fallbackPackageFolders>
            </configuration>
            """;
    }

    private static bool IsBuilt(string path) => path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");

    private static void Dotnet(string folder, params string[] arguments)
    {
        ProcessStartInfo start = StartOf("dotnet", folder, [.. arguments, "-v", "quiet"]);
        // What the build that runs these tests told itself is not for this one; nor may it leave a process behind.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";

        Outcome outcome = Run(start);
        Assert.True(outcome.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {outcome.Output}{outcome.Errors}");
    }
}
