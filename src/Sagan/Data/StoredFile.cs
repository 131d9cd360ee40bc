namespace Sagan.Data;

/// <summary>One file of a folder or archive.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Length">Bytes.</param>
internal sealed record StoredFile(string Path, long Length)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}
