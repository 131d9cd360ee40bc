namespace Sagan.Tensors.Tests;

/// <summary>A fact about prepared material that is not part of the repository; skipped where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute()
    {
        if (Folder is null)
            Skip = "The folder 'shared', with the fixtures of other projects, is not beside the repository.";
    }

    /// <summary>The folder, or null.</summary>
    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "design")))
                return candidate;
        }

        return null;
    }
}
