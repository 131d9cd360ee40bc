namespace Sagan.Tests;

/// <summary>A <see cref="SharedFactAttribute"/> with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <param name="path">The file or folder that the test needs, relative to the shared folder.</param>
    public SharedTheoryAttribute(string path)
    {
        if (SharedFactAttribute.Find(path) is null)
            Skip = $"shared/{path} is not there.";
    }
}
