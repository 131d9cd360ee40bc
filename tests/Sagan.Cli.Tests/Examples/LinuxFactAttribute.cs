using System.Runtime.InteropServices;

namespace Sagan.Cli.Tests.Examples;

/// <summary>A test of packages that exist for one platform.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64
        ? null
        : "the package of the shim is for linux-x64";
}
