namespace Sagan.Data;

/// <summary>One file of a folder or archive.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Length">Bytes.</param>
internal record StoredFile(string Path, long Length)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>True when the last part of the path is this, without making a string of it: all files of a data set are asked.</summary>
    public bool IsNamed(string name) => Path.AsSpan(Path.LastIndexOf('/') + 1).SequenceEqual(name);
}
