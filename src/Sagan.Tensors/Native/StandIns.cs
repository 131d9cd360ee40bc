using System.Runtime.InteropServices;

namespace Sagan.Tensors.Native;

/// <summary>
/// Empty libraries under the names of those that a libtorch asks for and uses nothing of: loaded first, they keep the loader from
/// the real ones. For programs that use no such library themselves; <c>./sagan</c> makes them (eng/stand-ins.sh).
/// </summary>
internal static class StandIns
{
    /// <summary>Names the folder with them.</summary>
    internal const string Variable = "SAGAN_STAND_INS";

    /// <summary>Those that there are.</summary>
    internal static IEnumerable<string> Files =>
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder && Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];

    /// <summary>Loads libraries. One that cannot be loaded is one that is done without.</summary>
    internal static void Load(IEnumerable<string> files)
    {
        foreach (string file in files)
            NativeLibrary.TryLoad(file, out _);
    }
}
