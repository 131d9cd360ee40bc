namespace Sagan.Data;

/// <summary>A file that is a picture.</summary>
/// <param name="File">Its index in <see cref="FileTree.Files"/>.</param>
/// <param name="Label">Its class.</param>
internal sealed record LabelledFile(int File, int Label);
