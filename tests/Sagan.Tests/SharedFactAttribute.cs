namespace Sagan.Tests;

/// <summary>A test that needs material beside the repository; skipped with a reason where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    /// <param name="path">The file or folder that the test needs, relative to the shared folder.</param>
    public SharedFactAttribute(string path)
    {
        if (Find(path) is null)
            Skip = $"shared/{path} is not there.";
    }

    /// <summary>The full path of shared material, or null.</summary>
    public static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string shared = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(shared, "design")) && Path.Exists(Path.Combine(shared, path)))
                return Path.Combine(shared, path);
        }

        return null;
    }
}
