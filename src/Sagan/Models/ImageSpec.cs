namespace Sagan.Models;

/// <summary>What the pictures of a data set are like, as far as networks care.</summary>
/// <param name="Channels">1 (gray) or 3 (RGB).</param>
/// <param name="Resolution">Width and height in pixels.</param>
/// <param name="Classes">Number of classes.</param>
public sealed record ImageSpec(int Channels, int Resolution, int Classes);
