namespace Sagan.Data;

/// <summary>Decides by name which files are meant to be pictures.</summary>
internal static class PictureNames
{
    // Formats that cannot be decoded are listed too: they shall be reported rather than silently left out.
    private static readonly HashSet<string> s_extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".png",
        ".gif", ".bmp", ".webp", ".tif", ".tiff", ".avif", ".heic", ".jp2", ".ppm", ".pgm",
    };

    /// <summary>True when the extension is a picture's.</summary>
    public static bool IsPicture(string path) => s_extensions.Contains(Path.GetExtension(path));
}
