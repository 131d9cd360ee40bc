using System.Reflection;
using System.Runtime.InteropServices;

namespace Sagan.Imaging;

/// <summary>Finds the system's picture libraries under the names they have on each platform.</summary>
public static class ImagingLibraries
{
    /// <summary>libjpeg-turbo's TurboJPEG interface.</summary>
    internal const string TurboJpeg = "turbojpeg";

    /// <summary>libspng.</summary>
    internal const string Spng = "spng";

    // An assembly accepts a resolver once; Lazy makes every first caller wait until it is in place.
    private static readonly Lazy<bool> s_registered = new(RegisterOnce);

    /// <summary>libjpeg-turbo, for JPEG, and libspng, for PNG, as they are found here.</summary>
    public static IReadOnlyList<ImagingLibrary> Survey() =>
    [
        new("libjpeg-turbo", ImageFormat.Jpeg, CandidatesFor(TurboJpeg).FirstOrDefault(IsLoadable), Cure()),
        new("libspng", ImageFormat.Png, CandidatesFor(Spng).FirstOrDefault(IsLoadable), Cure()),
    ];

    /// <summary>Must run before the first native call of a codec.</summary>
    internal static void Register() => _ = s_registered.Value;

    /// <summary>File names to try for a library on this platform, best first; empty for a library that is not ours.</summary>
    internal static IReadOnlyList<string> CandidatesFor(string library)
    {
        if (library is not (TurboJpeg or Spng))
            return [];

        if (OperatingSystem.IsWindows())
            return [$"{library}.dll", $"lib{library}.dll"];
        if (OperatingSystem.IsMacOS())
        {
            // Homebrew's folders are outside the loader's default search.
            return [$"lib{library}.dylib", $"/opt/homebrew/lib/lib{library}.dylib", $"/usr/local/lib/lib{library}.dylib"];
        }

        return [$"lib{library}.so.0", $"lib{library}.so"];
    }

    // It stays loaded: whoever asks is about to use it.
    private static bool IsLoadable(string file) => NativeLibrary.TryLoad(file, typeof(ImagingLibraries).Assembly, null, out _);

    private static bool RegisterOnce()
    {
        NativeLibrary.SetDllImportResolver(typeof(ImagingLibraries).Assembly, Resolve);
        return true;
    }

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? searchPath)
    {
        IReadOnlyList<string> candidates = CandidatesFor(library);
        foreach (string candidate in candidates)
        {
            if (NativeLibrary.TryLoad(candidate, assembly, searchPath, out nint handle))
                return handle;
        }

        if (candidates.Count == 0)
            return 0;
        throw new MissingLibraryException(
            $"The picture library {candidates[0]} is not installed; {Cure()}.");
    }

    private static string Cure()
    {
        if (OperatingSystem.IsWindows())
            return "put turbojpeg.dll (libjpeg-turbo) and spng.dll (libspng) beside the program or on PATH";
        if (OperatingSystem.IsMacOS())
            return "install it with `brew install jpeg-turbo libspng`";
        return "install it with `apt-get install libturbojpeg0 libspng0`";
    }
}
