namespace Sagan.Tensors.Files;

/// <summary>Where a reader stands, for messages: the file and the part of it.</summary>
internal readonly record struct FilePlace(string Path, string Place)
{
    /// <summary>The exception for something wrong at this place.</summary>
    internal ArrayFileException Wrong(string problem, Exception? cause = null) => new(Path, Place, problem, cause);
}
