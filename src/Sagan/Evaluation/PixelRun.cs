namespace Sagan.Evaluation;

/// <summary>Pictures of one size, one behind the other, as whoever looks at them sees them.</summary>
/// <param name="Pixels">[count, channels, height, width] of bytes.</param>
/// <param name="Labels">The class of each.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Width">In pixels.</param>
public sealed record PixelRun(byte[] Pixels, int[] Labels, int Channels, int Height, int Width)
{
    /// <summary>Number of pictures.</summary>
    public int Count => Labels.Length;
}
