namespace Sagan.Tests;

/// <summary>The repository that the tests were built in.</summary>
internal static class SourceTree
{
    /// <summary>The folder of <c>Sagan.slnx</c>.</summary>
    internal static string Root { get; } = Find();

    /// <summary>All C# files below a folder, without what the build writes.</summary>
    internal static IEnumerable<string> CSharpFiles(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !Relative(file).Split('/').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    /// <summary>A path from the root, with slashes.</summary>
    internal static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Sagan.slnx")))
                return at.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has a Sagan.slnx.");
    }
}
