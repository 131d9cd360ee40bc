namespace Sagan.Data;

/// <summary>A file met while walking through a tree.</summary>
/// <param name="Index">Its index in <see cref="FileTree.Files"/>.</param>
/// <param name="Load">Returns all bytes. May be called later and on another thread, once.</param>
internal readonly record struct LoadableFile(int Index, Func<byte[]> Load);
