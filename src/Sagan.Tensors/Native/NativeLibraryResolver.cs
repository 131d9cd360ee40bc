using System.Reflection;
using System.Runtime.InteropServices;

namespace Sagan.Tensors.Native;

/// <summary>Finds the shim: <c>SAGAN_NATIVE</c>, beside the program, in a package's folder, then the system's own search.</summary>
/// <remarks>Libtorch is found by the shim itself, unless <c>SAGAN_LIBTORCH</c> names it (<see cref="LibtorchFolder"/>).</remarks>
internal static class NativeLibraryResolver
{
    private static readonly Lock s_gate = new();
    private static int s_installed;
    private static nint s_library;

    /// <summary>Every place looked at so far and what came of it, for messages and <c>sagan doctor</c>.</summary>
    internal static IReadOnlyList<string> Attempts => s_attempts;

    private static readonly List<string> s_attempts = [];

    /// <summary>The shim's file name on this platform.</summary>
    internal static string FileName =>
        OperatingSystem.IsWindows() ? "sagan.dll" : OperatingSystem.IsMacOS() ? "libsagan.dylib" : "libsagan.so";

    internal static void Install()
    {
        if (Interlocked.Exchange(ref s_installed, 1) == 0)
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraryResolver).Assembly, Resolve);
    }

    // Asked anew for every function. Where two threads come at once, one loads and the other waits for it.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != NativeMethods.Library)
            return 0;

        lock (s_gate)
            return s_library != 0 ? s_library : s_library = Load(assembly, search);
    }

    private static nint Load(Assembly assembly, DllImportSearchPath? search)
    {
        StandIns.Load(StandIns.Files);
        foreach (string path in Candidates())
        {
            if (!File.Exists(path))
            {
                s_attempts.Add($"{path}: no such file");
                continue;
            }

            try
            {
                LibtorchFolder.Chosen?.LoadFor(path);
                nint handle = NativeLibrary.Load(path);
                s_attempts.Add($"{path}: loaded");
                return handle;
            }
            catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
            {
                s_attempts.Add($"{path}: {Reason(error, path)}");
            }
        }

        // The system's search may come upon a shim that was just refused; with a libtorch of one's choice it must not.
        if (LibtorchFolder.Chosen is null && NativeLibrary.TryLoad(FileName, assembly, search, out nint found))
            return found;
        throw new TorchNotFoundException(s_attempts);
    }

    /// <summary>Why a library could not be loaded, in the loader's own words, as in <c>libcudnn.so.9: cannot open …</c>.</summary>
    internal static string Reason(Exception error, string path)
    {
        // The runtime's first line is advice on tools; the loader speaks after it, where it has something to say.
        string[] lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string reason = lines.Length > 1 ? lines[1] : lines[0];

        string repeated = path + ": ";
        return reason.StartsWith(repeated, StringComparison.Ordinal) ? reason[repeated.Length..] : reason;
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("SAGAN_NATIVE") is { Length: > 0 } chosen)
            yield return File.Exists(chosen) ? chosen : Path.Combine(chosen, FileName);
        yield return Path.Combine(AppContext.BaseDirectory, FileName);
        foreach (string path in InPackages())
            yield return path;
    }

    // Where the host found native parts of packages: it knows which platforms' are good for this one, whatever that calls itself.
    private static IEnumerable<string> InPackages() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, FileName))
            .Where(path => File.Exists(path) && path != Path.Combine(AppContext.BaseDirectory, FileName));
}
