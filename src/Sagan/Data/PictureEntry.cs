namespace Sagan.Data;

/// <summary>A picture of a source that has not been decoded.</summary>
/// <param name="Name">Its path inside the source.</param>
/// <param name="Label">Index into <see cref="PictureSource.ClassNames"/>.</param>
public sealed record PictureEntry(string Name, int Label);
