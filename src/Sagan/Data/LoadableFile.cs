namespace Sagan.Data;

/// <summary>A file met while walking through a tree.</summary>
/// <param name="Index">Its index in <see cref="FileTree.Files"/>.</param>
/// <param name="Load">Returns all bytes, to be given back. May be called later and on another thread, once.</param>
internal readonly record struct LoadableFile(int Index, Func<FileContent> Load)
{
    /// <summary>All bytes, to be kept.</summary>
    public byte[] Take()
    {
        using FileContent content = Load();
        return content.ToArray();
    }
}
