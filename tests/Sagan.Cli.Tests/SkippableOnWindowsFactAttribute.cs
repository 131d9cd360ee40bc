namespace Sagan.Cli.Tests;

/// <summary>A test that sends a signal, which Windows does not have.</summary>
public sealed class SkippableOnWindowsFactAttribute : FactAttribute
{
    public SkippableOnWindowsFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no termination signal" : null;
}
