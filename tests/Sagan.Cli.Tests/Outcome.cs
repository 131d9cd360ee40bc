namespace Sagan.Cli.Tests;

/// <summary>How a call of the program ended.</summary>
/// <param name="ExitCode">0 done, 1 failed, 2 usage, 130 interrupted.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>The one line that a failed call may write; fails when there are more or none, or when it also printed something.</summary>
    internal string OneErrorLine(int exitCode)
    {
        Assert.Equal("", Output);
        string line = Assert.Single(Errors.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("sagan: ", line, StringComparison.Ordinal);
        Assert.Equal((exitCode, line), (ExitCode, line));
        return line;
    }

    /// <summary>Standard output of a call that must have succeeded.</summary>
    internal string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Errors}");
        return Output;
    }
}
