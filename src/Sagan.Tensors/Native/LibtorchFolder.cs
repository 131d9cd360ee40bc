using System.Runtime.InteropServices;
using System.Text;

namespace Sagan.Tensors.Native;

/// <summary>The folder of a libtorch that <c>SAGAN_LIBTORCH</c> names, for shims that do not know themselves where theirs lies.</summary>
/// <param name="folder">The folder with <c>lib/</c> in it, or that folder itself.</param>
internal sealed class LibtorchFolder(string folder)
{
    internal const string Variable = "SAGAN_LIBTORCH";

    // In this order each finds what it needs itself.
    private static readonly string[] s_libraries = ["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"];

    private readonly string _libraries = Directory.Exists(Path.Combine(folder, "lib")) ? Path.Combine(folder, "lib") : folder;

    /// <summary>The folder that is chosen; null where none is, or where the system has no such files.</summary>
    internal static LibtorchFolder? Chosen =>
        OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? new LibtorchFolder(folder) : null;

    /// <summary>Loads those libraries of the folder that a shim asks for: the shim then takes these and looks for no others.</summary>
    /// <exception cref="DllNotFoundException">The folder has not the libtorch that the shim was built for.</exception>
    internal void LoadFor(string shim)
    {
        ReadOnlySpan<byte> content = File.ReadAllBytes(shim);
        foreach (string library in s_libraries)
        {
            if (NeededName(content, library) is not { } name)
                continue;
            string path = Path.Combine(_libraries, name);
            if (!File.Exists(path))
                throw new DllNotFoundException($"{Variable}={folder} has no {name}, which this shim was built for; name such a libtorch, or build the shim for this one");
            NativeLibrary.Load(path);
        }
    }

    /// <summary>How a shim calls a library it is linked with, version included, as in <c>libtorch_cpu.so.1.13</c>; null where it is not.</summary>
    internal static string? NeededName(ReadOnlySpan<byte> shim, string library)
    {
        // Names stand in the string table of the file, one after the other, each ended by a zero.
        byte[] begin = [0, .. Encoding.ASCII.GetBytes(library)];
        int start = shim.IndexOf(begin);
        if (start < 0)
            return null;
        ReadOnlySpan<byte> name = shim[(start + 1)..];
        return Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
    }
}
