using System.Security.Cryptography;
using System.Text;

namespace Sagan.Data;

/// <summary>Where decoded pictures and fetched files are kept, and under which name.</summary>
public static class CacheFolder
{
    /// <summary>The environment variable that moves the cache.</summary>
    public const string Variable = "SAGAN_CACHE";

    /// <summary>$SAGAN_CACHE/data, or sagan/data in the user's cache folder.</summary>
    public static string Default() => Of("data");

    /// <summary>$SAGAN_CACHE/weights, or sagan/weights in the user's cache folder: files of other people's networks.</summary>
    public static string Weights() => Of("weights");

    /// <summary>$SAGAN_CACHE/features, or sagan/features in the user's cache folder: what extractors said of real pictures.</summary>
    public static string Features() => Of("features");

    /// <summary>The cache file of a config; another one as soon as a source file or a wish changes.</summary>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="config">Source and wishes.</param>
    /// <param name="tree">The source where it is a folder.</param>
    /// <exception cref="DataException">The source does not exist.</exception>
    internal static string FileFor(string folder, PicturesConfig config, FolderTree? tree)
    {
        string wishes = $"{PictureTransform.Version}|{config.Split}|{config.Resolution}|{config.Channels}|{config.AlphaOn}";
        string key = Hash($"{IdentityOf(config.Path, tree)}|{wishes}")[..32];
        return Path.Combine(folder, $"{PictureSources.NameOf(Path.GetFullPath(config.Path))}-{key}.pixels");
    }

    private static string Of(string part)
    {
        string? chosen = Environment.GetEnvironmentVariable(Variable);
        return Path.Combine(string.IsNullOrEmpty(chosen) ? Path.Combine(UserCache(), "sagan") : chosen, part);
    }

    private static string UserCache()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Caches");

        string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(xdg) ? Path.Combine(home, ".cache") : xdg;
    }

    private static string IdentityOf(string path, FolderTree? tree)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (tree is not null)
            return $"{full}|{tree.Identity()}";
        if (!File.Exists(full))
            throw new DataException($"There is no file or folder '{path}'.");

        var file = new FileInfo(full);
        return $"{full}|{file.Length}|{file.LastWriteTimeUtc.Ticks}";
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
